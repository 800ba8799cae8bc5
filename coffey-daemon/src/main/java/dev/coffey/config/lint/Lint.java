package dev.coffey.config.lint;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Runs all rules.
public final class Lint {
  private static final List<BiConsumer<Subject.Service, Subject>> OF_A_SERVICE =
      List.of(
          CommandRules::relativeBinary,
          CommandRules::binaryOnDisk,
          CommandRules::shellCharacters,
          CommandRules::dollarName,
          CommandRules::tilde,
          CommandRules::directoryMissing,
          EnvRules::secretInEnv,
          EnvRules::secretInArgs,
          EnvRules::envFileMissing,
          EnvRules::needsRoot,
          EnvRules::privilegedPort,
          HealthRules::notLoopback,
          HealthRules::timeoutAboveInterval,
          HealthRules::startTimeoutTooShort,
          HealthRules::onOneshot,
          HealthRules::livenessWithoutRestart,
          RestartRules::stopAboveShutdown,
          RestartRules::killWithoutGrace,
          RestartRules::oneshotForEver,
          RestartRules::remainOfService,
          RestartRules::hotLoop,
          RestartRules::contradictingCodes,
          RestartRules::zeroIsFailure,
          RestartRules::giveUpOutOfReach,
          RestartRules::backoffWithoutRestart,
          RelationRules::healthyWithoutReadiness,
          RelationRules::notEnabled,
          RelationRules::redundantOrder,
          RelationRules::completedOfService);

  private static final List<Consumer<Subject>> OF_THE_WHOLE =
      List.of(
          WholeRules::portTwice,
          WholeRules::logTwice,
          WholeRules::sameCommand,
          WholeRules::shutdownBelowUsualStop,
          WholeRules::logInsideLogs,
          WholeRules::stateInTemporary,
          WholeRules::socketTooLong,
          WholeRules::openSocket);

  private Lint() {}

  /// Warns of all that looks wrong.
  public static void check(Subject subject) {
    for (Subject.Service service : subject.services().values()) {
      OF_A_SERVICE.forEach(rule -> rule.accept(service, subject));
    }
    OF_THE_WHOLE.forEach(rule -> rule.accept(subject));
  }
}

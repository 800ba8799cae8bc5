package dev.coffey.fleet;

import static dev.coffey.fleet.Specs.dependent;
import static dev.coffey.fleet.Specs.needs;
import static dev.coffey.fleet.Specs.oneshot;
import static dev.coffey.fleet.Specs.probed;
import static dev.coffey.fleet.Specs.restarting;
import static dev.coffey.fleet.Specs.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.ProbeKind;
import dev.coffey.lifecycle.Result;
import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.ServiceEvent;
import dev.coffey.spec.Backoff;
import dev.coffey.spec.Dependency.Condition;
import dev.coffey.spec.Dependency.Reaction;
import dev.coffey.spec.Dependency.Reactions;
import dev.coffey.spec.GiveUp;
import dev.coffey.spec.RestartPolicy;
import dev.coffey.spec.RestartSpec;
import dev.coffey.spec.ServiceSpec;
import dev.coffey.spec.StartSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestartingTest {
  private static ServiceSpec limited(ServiceSpec spec, int attemptsMax, @Nullable GiveUp giveUp) {
    Backoff plain = Backoff.DEFAULT;
    return spec.with(
        new RestartSpec(
            RestartPolicy.ON_FAILURE,
            Set.of("0"),
            Set.of(),
            new Backoff(
                plain.initial(),
                plain.max(),
                plain.multiplier(),
                0,
                plain.resetAfter(),
                attemptsMax),
            giveUp,
            RestartSpec.OnFailure.NONE));
  }

  private static void crashes(World world, String name) {
    world.launched(name);
    world.exits(name, 1);
  }

  /// Lets time pass until the fleet launches again.
  private static void comesBack(World world) {
    world.launches();
    world.passes(Duration.between(world.now, world.fleet.deadline()));
  }

  @Test
  void whoIsAskedForWhileACrashIsClearedUpRunsAgainWhateverPolicySays() {
    World world = World.of(restarting(service("web"), RestartPolicy.NO));
    world.launched("web");
    RunId run = world.run("web");
    world.tell("web", new ServiceEvent.Ended(run, new ExitStatus.Exited(1)));
    world.launches();

    world.restart("web");
    world.tell("web", new ServiceEvent.Emptied(run));

    assertThat(world.launches()).containsExactly("web");
  }

  @Test
  void eightLaunchesAreApartAsTheScheduleSays() {
    World world = World.of(service("web"));
    List<Long> gaps = new ArrayList<>();
    for (int end = 0; end < 8; end++) {
      Instant ended = world.now;
      crashes(world, "web");
      comesBack(world);
      gaps.add(Duration.between(ended, world.now).toSeconds());
      assertThat(world.launches()).containsExactly("web");
    }

    assertThat(gaps).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
  }

  /// T27: a start by hand is not counted, and forgets what was.
  @Test
  void aStartByHandForgetsTheWindow() {
    World world = World.of(limited(service("web"), 0, new GiveUp(2, Duration.ofMinutes(5))));
    for (int end = 0; end < 3; end++) {
      crashes(world, "web");
      if (end < 2) {
        comesBack(world);
      }
    }
    assertThat(world.shown("web")).isEqualTo(ShownState.FAILED);

    for (int start = 0; start < 5; start++) {
      world.start("web");
      crashes(world, "web");
      assertThat(world.shown("web")).isEqualTo(ShownState.BACKOFF);
      assertThat(world.service("web").restarts().ends()).hasSize(1);
    }
  }

  /// T29: exit 0 before ready is what policy says of a success, and for a oneshot it is the end.
  @ParameterizedTest
  @CsvSource({
    "SERVICE, ALWAYS, BACKOFF",
    "SERVICE, ON_FAILURE, COMPLETED",
    "SERVICE, NO, COMPLETED",
    "ONESHOT, ALWAYS, COMPLETED",
    "ONESHOT, ON_FAILURE, COMPLETED",
    "ONESHOT, NO, COMPLETED"
  })
  void exitZeroBeforeReadyIsASuccess(
      StartSpec.Kind kind, RestartPolicy policy, ShownState expected) {
    ServiceSpec spec = kind == StartSpec.Kind.ONESHOT ? oneshot("it") : service("it");
    World world = World.of(restarting(probed(spec, true, false), policy).with(spec.start()));
    world.launched("it");
    assertThat(world.shown("it")).isEqualTo(ShownState.STARTING);

    world.exits("it", 0);

    assertThat(world.shown("it")).isEqualTo(expected);
  }

  /// T32: what cannot start is not tried in a busy loop.
  @ParameterizedTest
  @CsvSource({"false, 6", "true, 61"})
  void whatCannotStartIsNotTriedInABusyLoop(boolean retryable, int most) {
    World world = World.of(service("web"));
    Instant until = world.now.plusSeconds(60);
    int launches = world.launches().size();
    while (world.now.isBefore(until)) {
      world.launchFails("web", retryable);
      comesBack(world);
      launches += world.launches().size();
    }

    assertThat(launches).isBetween(2, most + 1);
  }

  /// T33: a restart with the dependency is not the dependent's failure, and there are no more of
  /// them than the dependency is allowed.
  @Test
  void restartsThatADependencyBringsAreItsOwn() {
    World world =
        World.of(
            limited(service("db"), 3, null),
            dependent("web", needs("db", Condition.STARTED, Reactions.BOUND)));
    int launchesOfWeb = 0;
    world.launched("db", "web");
    while (world.shown("db") == ShownState.RUNNING) {
      world.exits("db", 1);
      world.exits("web", 0);
      launchesOfWeb++;
      if (world.shown("db") == ShownState.BACKOFF) {
        comesBack(world);
        world.launched("db", "web");
      }
    }

    assertThat(world.shown("db")).isEqualTo(ShownState.FAILED);
    assertThat(launchesOfWeb).isEqualTo(4);
    assertThat(world.shown("web")).isEqualTo(ShownState.WAITING);
    assertThat(world.service("web").restarts().attempt()).isZero();
  }

  /// T34: the time to become ready is the same for every attempt.
  @Test
  void everyAttemptHasTheSameTimeToBecomeReady() {
    World world = World.of(probed(service("web"), true, false));
    for (int attempt = 1; attempt <= 4; attempt++) {
      world.launched("web");
      world.passes(Duration.ofMillis(29_999));
      assertThat(world.shown("web")).isEqualTo(ShownState.STARTING);
      world.passes(Duration.ofMillis(1));
      assertThat(world.shown("web")).isEqualTo(ShownState.STOPPING);
      world.exits("web", 0);
      assertThat(world.service("web").restarts().attempt()).isEqualTo(attempt);
      comesBack(world);
    }
  }

  /// T35: a readiness that never passes restarts nothing by itself.
  @Test
  void aReadinessThatNeverPassesRestartsNothing() {
    ServiceSpec patient = probed(service("web"), true, false);
    World world =
        World.of(patient.with(new StartSpec(StartSpec.Kind.SERVICE, true, null, false, null)));
    world.launched("web");
    RunId run = world.run("web");
    for (int probe = 0; probe < 1_000; probe++) {
      world.passes(Duration.ofMillis(500));
      world.probed("web", ProbeKind.READINESS, false);
    }

    assertThat(world.shown("web")).isEqualTo(ShownState.STARTING);
    assertThat(world.run("web")).isEqualTo(run);
    assertThat(world.service("web").restarts().total()).isZero();
  }

  /// T42: as many runs as the limit says, and not one more.
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7})
  void aOneshotThatFailsRunsExactlyAsOftenAsItMay(int restarts) {
    World world = World.of(limited(oneshot("migrate"), restarts, null));
    int runs = 0;
    while (world.shown("migrate") != ShownState.FAILED) {
      runs++;
      crashes(world, "migrate");
      if (world.shown("migrate") == ShownState.BACKOFF) {
        comesBack(world);
      }
    }

    assertThat(runs).isEqualTo(restarts + 1);
  }

  /// T42: and a oneshot that succeeds in between is done.
  @Test
  void aOneshotThatSucceedsAtTheThirdRunHasThree() {
    World world = World.of(restarting(oneshot("migrate"), RestartPolicy.ALWAYS));
    crashes(world, "migrate");
    comesBack(world);
    crashes(world, "migrate");
    comesBack(world);
    world.launched("migrate");
    world.exits("migrate", 0);

    world.passes(Duration.ofDays(1));

    assertThat(world.shown("migrate")).isEqualTo(ShownState.COMPLETED);
    assertThat(world.service("migrate").lastRun()).isEqualTo(new RunId(3));
  }

  /// A restart that waits until dependents are gone is not turned into something else by what the
  /// old run does meanwhile.
  @Test
  void whoIsToRestartDoesSoThoughHeIsFoundDeadMeanwhile() {
    World world = World.of(probed(service("db"), false, true), service("web", "db"));
    world.launched("db", "web");
    world.command(new Command.Restart(World.names("db"), true, true, 0));
    world.stops();

    for (int bad = 0; bad < 3; bad++) {
      world.probed("db", ProbeKind.LIVENESS, false);
    }
    world.exits("web", 143);
    world.exits("db", 143);

    assertThat(world.service("db").restarts().total()).isZero();
    assertThat(world.shown("db")).isEqualTo(ShownState.STARTING);
  }

  /// T31, T52: a restart for which it had to be killed is told as late, and is no crash.
  @Test
  void aRestartThatHadToBeForcedIsNoCrashForDependents() {
    Reactions toCrash =
        new Reactions(Reaction.STOP, Reaction.RESTART, Reaction.IGNORE, Reaction.IGNORE);
    World world =
        World.of(service("db"), dependent("web", needs("db", Condition.STARTED, toCrash)));
    world.launched("db", "web");
    RunId run = world.run("web");
    world.restart("db");
    world.passes(Duration.ofSeconds(10));

    world.ends("db", new ExitStatus.Signaled(9, "KILL", false));
    world.launched("db");

    Result last = Objects.requireNonNull(world.service("db").last());
    assertThat(last.kind()).isEqualTo(Result.Kind.TIMEOUT);
    assertThat(last.message()).isEqualTo("restart asked for, did not end in time, signal KILL");
    assertThat(world.service("db").restarts().attempt()).isZero();
    assertThat(world.shown("web")).isEqualTo(ShownState.RUNNING);
    assertThat(world.run("web")).isEqualTo(run);
  }

  /// Who has ended of himself, and is being cleared up, has nothing left to restart.
  @Test
  void whoHasEndedAlreadyDoesNotFollow() {
    ServiceSpec job =
        restarting(
            dependent("job", needs("db", Condition.STARTED, Reactions.BOUND)), RestartPolicy.NO);
    World world = World.of(service("db"), job);
    world.launched("db", "job");
    RunId run = world.run("job");
    world.tell("job", new ServiceEvent.Ended(run, new ExitStatus.Exited(0)));

    world.restart("db");
    assertThat(world.service("job").wish().endRun()).isNull();
    world.tell("job", new ServiceEvent.Emptied(run));

    assertThat(world.shown("job")).isEqualTo(ShownState.COMPLETED);
  }
}

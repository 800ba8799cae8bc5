package dev.coffey.config.lint;

import dev.coffey.config.keys.Units;
import dev.coffey.spec.Backoff;
import dev.coffey.spec.GiveUp;
import dev.coffey.spec.RestartPolicy;
import dev.coffey.spec.RestartSpec;
import dev.coffey.spec.StartSpec;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/// Rules about ending and starting again.
final class RestartRules {
  private RestartRules() {}

  static void stopAboveShutdown(Subject.Service service, Subject subject) {
    Duration stop = service.spec().stop().timeout();
    Duration shutdown = subject.daemon().limits().shutdownTimeout();
    if (stop.compareTo(shutdown) > 0 && service.values().fields("stop").has("timeout")) {
      service.warn(
          "stop-above-shutdown",
          "stop.timeout",
          "the daemon's shutdown_timeout (%s) is shorter and kills it first"
              .formatted(Units.shown(shutdown)),
          "raise coffey.shutdown_timeout, or lower this one");
    }
  }

  static void killWithoutGrace(Subject.Service service, Subject subject) {
    String signal = service.spec().stop().signal();
    if (signal.equals("KILL") || signal.equals("STOP")) {
      service.warn(
          "stop-signal",
          "stop.signal",
          "%s gives the service no chance to end well".formatted(signal),
          "use TERM, INT, QUIT or HUP; KILL follows at the timeout anyway");
    }
  }

  static void oneshotForEver(Subject.Service service, Subject subject) {
    if (isOneshot(service) && policy(service) == RestartPolicy.ALWAYS) {
      service.warn(
          "oneshot-for-ever",
          "restart",
          "a oneshot that is always restarted is never done",
          "use on-failure, or make it a service");
    }
  }

  static void remainOfService(Subject.Service service, Subject subject) {
    if (service.spec().start().remainAfterExit() && !isOneshot(service)) {
      service.warn(
          "remain-without-oneshot",
          "remain_after_exit",
          "it only matters for 'type: oneshot'",
          "remove it, or make it a oneshot");
    }
  }

  static void hotLoop(Subject.Service service, Subject subject) {
    Backoff backoff = service.spec().restart().backoff();
    if (backoff.initial().isZero() && policy(service) != RestartPolicy.NO) {
      service.warn(
          "hot-loop",
          "backoff.initial",
          "without a delay a service that cannot start is tried as fast as the machine allows",
          "write at least 100ms");
    }
  }

  static void contradictingCodes(Subject.Service service, Subject subject) {
    RestartSpec restart = service.spec().restart();
    if (restart.permanentFailureCodes().isEmpty()) {
      return;
    }
    Set<String> both = new TreeSet<>(restart.successCodes());
    both.retainAll(restart.permanentFailureCodes());
    if (!both.isEmpty()) {
      service.warn(
          "code-twice",
          "permanent_failure_codes",
          "%s is both a success and a permanent failure".formatted(String.join(", ", both)),
          "remove it from one of the two");
    }
  }

  static void zeroIsFailure(Subject.Service service, Subject subject) {
    if (!service.spec().restart().successCodes().contains("0")) {
      service.warn(
          "zero-is-failure",
          "success_codes",
          "exit code 0 counts as a failure",
          "add 0, unless that is meant");
    }
  }

  static void giveUpOutOfReach(Subject.Service service, Subject subject) {
    GiveUp giveUp = service.spec().restart().giveUp();
    if (giveUp == null) {
      return;
    }
    Backoff backoff = service.spec().restart().backoff();
    Duration waited = Duration.ZERO;
    for (int n = 1; n < giveUp.restarts() && waited.compareTo(giveUp.within()) <= 0; n++) {
      waited = waited.plus(backoff.delay(n));
    }
    if (waited.compareTo(giveUp.within()) > 0) {
      service.warn(
          "give-up-out-of-reach",
          "give_up",
          "the back-off alone takes longer than give_up.within: %d ends never fall into it"
              .formatted(giveUp.restarts()),
          "lengthen give_up.within, or use backoff.max_attempts");
    }
  }

  static void backoffWithoutRestart(Subject.Service service, Subject subject) {
    if (policy(service) != RestartPolicy.NO) {
      return;
    }
    if (service.values().has("backoff") || service.values().has("give_up")) {
      service.warn(
          "backoff-without-restart",
          service.values().has("backoff") ? "backoff" : "give_up",
          "it does nothing, since 'restart' is 'no'",
          "remove it");
    }
  }

  private static boolean isOneshot(Subject.Service service) {
    return service.spec().start().kind() == StartSpec.Kind.ONESHOT;
  }

  private static RestartPolicy policy(Subject.Service service) {
    return service.spec().restart().policy();
  }
}

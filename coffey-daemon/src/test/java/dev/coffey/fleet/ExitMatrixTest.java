package dev.coffey.fleet;

import static dev.coffey.fleet.Specs.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.Result;
import dev.coffey.spec.Backoff;
import dev.coffey.spec.RestartPolicy;
import dev.coffey.spec.RestartSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// T30: every exit code and every signal under every policy.
class ExitMatrixTest {
  private static final List<String> SIGNALS =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
          "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
          "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");
  private static final Set<String> SUCCESSES = Set.of("0", "143", "TERM", "SIGINT");
  private static final Set<String> PERMANENT = Set.of("78", "ILL");

  private static List<ExitStatus> statuses() {
    List<ExitStatus> all = new ArrayList<>();
    for (int code = 0; code < 256; code++) {
      all.add(new ExitStatus.Exited(code));
    }
    for (int signal = 1; signal <= SIGNALS.size(); signal++) {
      all.add(new ExitStatus.Signaled(signal, SIGNALS.get(signal - 1), false));
    }
    all.add(new ExitStatus.Unseen());
    return all;
  }

  private static ShownState expected(RestartPolicy policy, ExitStatus status) {
    boolean permanent =
        status.equals(new ExitStatus.Exited(78))
            || status.equals(new ExitStatus.Signaled(4, "ILL", false));
    if (permanent) {
      return ShownState.FAILED;
    }
    return switch (policy) {
      case ALWAYS -> ShownState.BACKOFF;
      case ON_FAILURE -> success(status) ? ShownState.COMPLETED : ShownState.BACKOFF;
      case NO -> success(status) ? ShownState.COMPLETED : ShownState.FAILED;
    };
  }

  private static boolean success(ExitStatus status) {
    return switch (status) {
      case ExitStatus.Exited(int code) -> code == 0 || code == 143;
      case ExitStatus.Signaled(int signal, _, _) -> signal == 15 || signal == 2;
      default -> false;
    };
  }

  @ParameterizedTest
  @EnumSource(RestartPolicy.class)
  void policyAndStatusDecide(RestartPolicy policy) {
    RestartSpec restart =
        new RestartSpec(
            policy, SUCCESSES, PERMANENT, Backoff.DEFAULT, null, RestartSpec.OnFailure.NONE);
    for (ExitStatus status : statuses()) {
      World world = World.of(service("it").with(restart));
      world.launched("it");

      world.ends("it", status);

      assertThat(world.shown("it"))
          .as("%s after %s", policy, status)
          .isEqualTo(expected(policy, status));
    }
  }

  /// T31: the same statuses after a stop that was asked for are all one.
  @ParameterizedTest
  @EnumSource(RestartPolicy.class)
  void afterARequestedStopEveryStatusIsASuccess(RestartPolicy policy) {
    RestartSpec restart =
        new RestartSpec(
            policy, Set.of("0"), PERMANENT, Backoff.DEFAULT, null, RestartSpec.OnFailure.SHUTDOWN);
    for (ExitStatus status : statuses()) {
      World world = World.of(service("it").with(restart), service("other"));
      world.launched("it", "other");
      world.stop("it");

      world.ends("it", status);

      assertThat(world.shown("it")).as("%s", status).isEqualTo(ShownState.STOPPED);
      assertThat(Objects.requireNonNull(world.service("it").last()).kind())
          .isEqualTo(Result.Kind.SUCCESS);
      assertThat(world.fleet.phase()).isEqualTo(Phase.RUNNING);
    }
  }
}

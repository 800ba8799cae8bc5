package dev.coffey.spec;

import java.time.Duration;

/// A check with its rhythm and its thresholds.
///
/// @param interval between two probes while the service is up
/// @param firstInterval between two probes until the first success
public record ProbeSpec(
    Check check,
    Duration initialDelay,
    Duration firstInterval,
    Duration interval,
    Duration timeout,
    int successThreshold,
    int failureThreshold,
    Action action) {
  /// What reaching the failure threshold of a liveness probe does.
  public enum Action {
    RESTART,
    STOP,
    NONE,
    SHUTDOWN
  }

  public ProbeSpec {
    if (successThreshold < 1 || failureThreshold < 1) {
      throw new IllegalArgumentException("thresholds must be at least 1");
    }
    if (!positive(firstInterval) || !positive(interval) || !positive(timeout)) {
      throw new IllegalArgumentException("interval and timeout must be longer than nothing");
    }
  }

  private static boolean positive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }
}

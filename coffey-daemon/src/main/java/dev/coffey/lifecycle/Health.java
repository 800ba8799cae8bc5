package dev.coffey.lifecycle;

/// What the probes say of a run.
public enum Health {
  /// There are none.
  NONE,
  UNKNOWN,
  HEALTHY,
  /// A probe has failed, fewer times than its threshold.
  DEGRADED,
  UNHEALTHY
}

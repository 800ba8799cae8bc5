package dev.coffey.lifecycle;

/// Why a service is made to end.
public enum StopReason {
  /// Not wanted any more: a command, a plan without it, a shutdown.
  UNWANTED,
  /// Wanted again right after: a restart by hand or by a plan.
  RESTART,
  /// Something it depends on has left.
  DEPENDENCY,
  /// A liveness probe has failed too often.
  PROBE,
  /// It was not ready in time.
  START_TIMEOUT,
  /// It ran longer than it may.
  RUNTIME_MAX
}

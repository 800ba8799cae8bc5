package dev.coffey.spec;

import org.jspecify.annotations.Nullable;

/// The probes of a service, each where there is one.
public record HealthSpec(
    @Nullable ProbeSpec startup, @Nullable ProbeSpec readiness, @Nullable ProbeSpec liveness) {
  /// No probes: ready as soon as it runs.
  public static final HealthSpec NONE = new HealthSpec(null, null, null);

  /// Whether being ready means more than being launched.
  public boolean hasReadiness() {
    return startup != null || readiness != null;
  }
}

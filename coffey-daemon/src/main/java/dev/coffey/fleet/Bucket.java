package dev.coffey.fleet;

import dev.coffey.spec.DaemonSpec.Budget;
import java.time.Duration;
import java.time.Instant;

/// The budget of automatic restarts, as the moment at which it would be full again: each restart
/// moves that moment on, and one that would move it too far has to wait until it does not.
record Bucket(Budget budget, Instant fullAt) {

  /// When a restart that is due now may happen.
  Instant grant(Instant now) {
    Instant earliest = base(now).plus(cost()).minus(cost().multipliedBy(budget.burst()));
    return earliest.isAfter(now) ? earliest : now;
  }

  /// The budget after that restart.
  Bucket spent(Instant now) {
    return new Bucket(budget, base(now).plus(cost()));
  }

  private Instant base(Instant now) {
    return fullAt.isAfter(now) ? fullAt : now;
  }

  private Duration cost() {
    return Duration.ofNanos(Math.max(1, Math.round(1e9 / budget.perSecond())));
  }
}

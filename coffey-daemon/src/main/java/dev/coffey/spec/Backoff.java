package dev.coffey.spec;

import java.time.Duration;

/// How long to wait before try n: min(max, initial · multiplierⁿ⁻¹), give or take the jitter.
///
/// @param jitter the share of the delay that chance may add or take away, 0 to 1
/// @param resetAfter a run this long (or as long as the current delay) forgets earlier failures
/// @param attemptsMax unrequested ends in a row before giving up; 0 means without end
public record Backoff(
    Duration initial,
    Duration max,
    double multiplier,
    double jitter,
    Duration resetAfter,
    int attemptsMax) {
  /// What CONFIG's table says when nothing is set.
  public static final Backoff DEFAULT =
      new Backoff(
          Duration.ofSeconds(1), Duration.ofSeconds(30), 2.0, 0.1, Duration.ofSeconds(10), 0);

  public Backoff {
    if (initial.isNegative()) {
      throw new IllegalArgumentException("backoff.initial must not be negative");
    }
    if (max.compareTo(initial) < 0) {
      throw new IllegalArgumentException(
          "backoff.max must be at least backoff.initial (%s), not %s".formatted(initial, max));
    }
    if (!(multiplier >= 1.0) || Double.isInfinite(multiplier)) {
      throw new IllegalArgumentException(
          "backoff.multiplier must be at least 1, not %s".formatted(multiplier));
    }
    if (!(jitter >= 0.0 && jitter <= 1.0)) {
      throw new IllegalArgumentException(
          "backoff.jitter must be from 0 to 1, not %s".formatted(jitter));
    }
    if (resetAfter.isNegative()) {
      throw new IllegalArgumentException("backoff.reset_after must not be negative");
    }
    if (attemptsMax < 0) {
      throw new IllegalArgumentException(
          "backoff.max_attempts must not be negative, but is %d".formatted(attemptsMax));
    }
  }

  /// The delay before try `attempt`, counted from 1, without jitter.
  public Duration delay(int attempt) {
    double seconds = initial.toNanos() / 1e9 * Math.pow(multiplier, attempt - 1.0);
    double bound = max.toNanos() / 1e9;
    return seconds >= bound ? max : Duration.ofNanos(Math.round(seconds * 1e9));
  }

  /// The same with jitter, for `chance` from -1 to 1.
  public Duration delay(int attempt, double chance) {
    Duration plain = delay(attempt);
    return plain.plusNanos(Math.round(plain.toNanos() * jitter * chance));
  }
}

package dev.coffey.spec;

import java.time.Duration;

/// Stop trying after this many unrequested ends within this window, however long each run was.
public record GiveUp(int restarts, Duration within) {
  /// What a window may hold at the most.
  public static final int RESTARTS_MAX = 1000;

  public GiveUp {
    if (restarts < 1 || restarts > RESTARTS_MAX) {
      throw new IllegalArgumentException(
          "give_up.restarts must be from 1 to %d, not %d".formatted(RESTARTS_MAX, restarts));
    }
    if (within.isNegative() || within.isZero()) {
      throw new IllegalArgumentException("give_up.within must be longer than nothing");
    }
  }
}

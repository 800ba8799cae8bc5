package dev.coffey.supervisor;

import java.time.Duration;
import java.time.Instant;

/// Time that only goes forward. Its instants start from the wall clock of the daemon's start and
/// then count what the kernel's monotonic clock counts, which stands still while the machine is
/// suspended: a laptop that wakes does not find every timeout passed at once. The wall clock is
/// used for display alone, through [#wall].
public interface Clock {
  /// The present moment.
  Instant now();

  /// What the wall clock shows, or showed, at a moment of this clock.
  Instant wall(Instant moment);

  /// The machine's clock.
  static Clock system() {
    Instant anchor = Instant.now();
    long started = System.nanoTime();
    return new Clock() {
      @Override
      public Instant now() {
        return anchor.plusNanos(System.nanoTime() - started);
      }

      @Override
      public Instant wall(Instant moment) {
        return Instant.now().minus(Duration.between(moment, now()));
      }
    };
  }
}

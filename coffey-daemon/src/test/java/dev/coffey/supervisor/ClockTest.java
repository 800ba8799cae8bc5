package dev.coffey.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockTest {
  /// T39: what the core is told only goes forward; the wall clock is for display alone.
  @Test
  void itNeverGoesBackwards() {
    Clock clock = Clock.system();
    Instant last = clock.now();
    for (int look = 0; look < 10_000; look++) {
      Instant now = clock.now();
      assertThat(now).isAfterOrEqualTo(last);
      last = now;
    }
  }

  @Test
  void theWallClockIsShownForAMomentThatHasPassed() {
    Clock clock = Clock.system();
    Instant wall = Instant.now();

    Instant shown = clock.wall(clock.now().minus(Duration.ofHours(1)));

    assertThat(Duration.between(shown, wall.minus(Duration.ofHours(1))).abs())
        .isLessThan(Duration.ofMinutes(1));
  }
}

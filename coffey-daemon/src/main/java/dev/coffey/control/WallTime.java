package dev.coffey.control;

import com.google.protobuf.Timestamp;
import dev.coffey.supervisor.Clock;
import java.time.Duration;
import java.time.Instant;

/// Shows moments of the supervisor's clock on the wall clock, and the same moment always as the
/// same time unless the wall clock was set.
final class WallTime {
  /// Less than this is the slow drift of two clocks that are read one after the other.
  private static final Duration DRIFT_MAX = Duration.ofMillis(250);

  private final Clock clock;
  private volatile Duration offset;

  WallTime(Clock clock) {
    this.clock = clock;
    this.offset = measured();
  }

  /// The present moment, on the supervisor's clock.
  Instant now() {
    return clock.now();
  }

  Timestamp shown(Instant moment) {
    Duration measured = measured();
    if (measured.minus(offset).abs().compareTo(DRIFT_MAX) > 0) {
      offset = measured;
    }
    return timestamp(moment.plus(offset));
  }

  static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  private Duration measured() {
    Instant now = clock.now();
    return Duration.between(now, clock.wall(now));
  }
}

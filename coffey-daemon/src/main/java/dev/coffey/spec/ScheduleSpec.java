package dev.coffey.spec;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// When a service is started by the clock: by cron fields or by a steady rhythm.
///
/// @param cron five fields; empty with a rhythm
/// @param timezone an id of the zone database; empty for the system's
/// @param catchUp whether one missed start is made up for after a pause of the daemon
/// @param jitter later by chance, up to this
public record ScheduleSpec(
    String cron,
    @Nullable Duration every,
    String timezone,
    Overlap overlap,
    boolean catchUp,
    Duration jitter) {
  /// What happens when the one before still runs.
  public enum Overlap {
    SKIP,
    QUEUE,
    REPLACE
  }

  public ScheduleSpec {
    if (cron.isEmpty() == (every == null)) {
      throw new IllegalArgumentException("schedule must have either cron or every");
    }
  }
}

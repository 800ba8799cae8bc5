package dev.coffey.schedule;

import dev.coffey.spec.ServiceName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Hears what schedules say; must not block.
public interface ScheduleListener {
  /// What one schedule says.
  ///
  /// @param now whether it asks for a run now
  /// @param next what the wall clock will show when it asks again, or `null` for never
  void scheduled(ServiceName service, boolean now, @Nullable Instant next);
}

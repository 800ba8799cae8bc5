package dev.coffey.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What decides beside the wish whether a service that is wanted shall have a process now.
///
/// @param pause the pause it is in, or `null`
/// @param due whether a run is asked for that has not begun; of services with a schedule
/// @param next what the wall clock will show when the schedule asks again, to be shown to people
public record Agenda(@Nullable Pause pause, boolean due, @Nullable Instant next) {
  /// No pause and no schedule.
  public static final Agenda NONE = new Agenda(null, false, null);

  /// The same with this pause, or with none.
  public Agenda pausing(@Nullable Pause changed) {
    return new Agenda(changed, due, next);
  }

  /// The same with a run that is asked for, or with none.
  public Agenda due(boolean changed) {
    return new Agenda(pause, changed, next);
  }

  /// The same with another next time.
  public Agenda next(@Nullable Instant changed) {
    return new Agenda(pause, due, changed);
  }
}

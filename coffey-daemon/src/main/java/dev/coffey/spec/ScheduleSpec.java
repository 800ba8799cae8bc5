package dev.coffey.spec;

import java.time.Duration;
import java.time.ZoneId;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// When a service runs that runs at certain times.
///
/// @param overlap what happens when the last run is not over yet
/// @param catchUp what happens about times that passed while the daemon was not there
/// @param jitter each time is moved back by a chance amount up to this
public record ScheduleSpec(Timing timing, Overlap overlap, CatchUp catchUp, Duration jitter) {
  /// Which times.
  public sealed interface Timing {
    /// Those that fit a cron expression, on the clocks of a zone.
    record Cron(String expression, ZoneId zone) implements Timing {}

    /// So long after the time before, beginning when the daemon does.
    record Every(Duration interval) implements Timing {}
  }

  /// What a time does that comes while a run is under way.
  public enum Overlap {
    /// Nothing.
    SKIP,
    /// It waits until that run is over; no more than one waits.
    QUEUE,
    /// It ends that run and begins another.
    REPLACE
  }

  /// What is made of missed times.
  public enum CatchUp {
    /// One run, however many were missed.
    ONE,
    NONE
  }

  /// A schedule that skips and catches up once.
  public static ScheduleSpec of(Timing timing) {
    return new ScheduleSpec(timing, Overlap.SKIP, CatchUp.ONE, Duration.ZERO);
  }

  /// The schedules of a plan.
  public static SortedMap<ServiceName, ScheduleSpec> of(Plan plan) {
    SortedMap<ServiceName, ScheduleSpec> schedules = new TreeMap<>();
    plan.services()
        .forEach((name, service) -> {
          @Nullable ScheduleSpec schedule = service.schedule();
          if (schedule != null) {
            schedules.put(name, schedule);
          }
        });
    return schedules;
  }
}

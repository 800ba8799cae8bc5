package dev.coffey.supervisor;

import static dev.coffey.supervisor.Violation.require;

import dev.coffey.fleet.FleetEvent.Scheduled;
import dev.coffey.spec.ScheduleSpec;
import dev.coffey.spec.ScheduleSpec.CatchUp;
import dev.coffey.spec.ScheduleSpec.Timing;
import dev.coffey.spec.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Holds each schedule to the time it has named, on a wall clock that is set back and forward.
final class TimesBook {
  /// A time this long past is a missed one.
  private static final Duration LATE_MAX = Duration.ofMinutes(1);

  private final Map<ServiceName, Promise> promises = new HashMap<>();
  private Map<ServiceName, ScheduleSpec> specs = Map.of();

  private record Promise(ScheduleSpec spec, Instant next) {}

  void follows(Map<ServiceName, ScheduleSpec> schedules) {
    specs = Map.copyOf(schedules);
    promises.keySet().retainAll(specs.keySet());
  }

  void called(Scheduled call, Instant wall) {
    ServiceName name = call.service();
    @Nullable ScheduleSpec spec = specs.get(name);
    @Nullable Instant next = call.next();
    if (spec == null || next == null) {
      throw new Violation("only who has a schedule is called, and again", call.toString(), name);
    }
    @Nullable Promise before = promises.put(name, new Promise(spec, next));
    @Nullable Instant promised =
        before != null && before.spec().equals(spec) ? before.next() : null;
    boolean came = promised != null && !promised.isAfter(wall);
    boolean missed = promised != null && promised.plus(LATE_MAX).isBefore(wall);
    if (call.now()) {
      require(came, "a schedule asks at the time it has named", wall, name);
      require(
          !missed || spec.catchUp() == CatchUp.ONE,
          "what was missed is made up for only where that is asked for",
          wall,
          name);
    } else if (came && !next.equals(promised)) {
      require(
          missed && spec.catchUp() == CatchUp.NONE,
          "a time that has come is not left out",
          "%s at %s, then %s".formatted(promised, wall, next),
          name);
    }
    if (spec.timing() instanceof Timing.Every(Duration interval) && !next.equals(promised)) {
      Instant most = wall.plus(interval).plus(spec.jitter()).plus(LATE_MAX);
      require(!next.isAfter(most), "the next time is within the interval", next, name);
    }
  }

  /// After all that is due has been told.
  void told(Instant wall) {
    promises.forEach((name, promise) ->
        require(promise.next().isAfter(wall), "no time passes in silence", promise.next(), name));
  }
}

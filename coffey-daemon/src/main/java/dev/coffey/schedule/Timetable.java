package dev.coffey.schedule;

import dev.coffey.spec.ScheduleSpec;
import dev.coffey.spec.ScheduleSpec.CatchUp;
import dev.coffey.spec.ScheduleSpec.Timing;
import dev.coffey.spec.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// All schedules and their next times. It is told the time and does not look at a clock.
final class Timetable {
  /// A time this long past was not only late but missed: the daemon or the machine was away.
  static final Duration LATE_MAX = Duration.ofMinutes(1);

  private final LastTimes last;
  private final RandomGenerator chance;
  private final SortedMap<ServiceName, Entry> entries = new TreeMap<>();
  private @Nullable Instant told;

  /// @param next when it asks again, or `null` for never
  private record Entry(ScheduleSpec spec, @Nullable Instant next) {}

  /// What one schedule says.
  ///
  /// @param now whether it asks for a run now
  /// @param next when it asks again, or `null` for never
  record Call(ServiceName service, boolean now, @Nullable Instant next) {}

  Timetable(LastTimes last, RandomGenerator chance) {
    this.last = last;
    this.chance = chance;
  }

  /// These are the schedules from now on; those that have not changed keep their next time.
  List<Call> follow(Map<ServiceName, ScheduleSpec> specs, Instant now) {
    entries.keySet().retainAll(specs.keySet());
    List<Call> calls = new ArrayList<>();
    specs.forEach((name, spec) -> {
      Entry known = entries.get(name);
      Entry entry =
          known != null && known.spec.equals(spec)
              ? known
              : new Entry(spec, first(name, spec, now));
      entries.put(name, entry);
      calls.add(new Call(name, false, entry.next));
    });
    last.keepOnly(specs.keySet());
    last.save();
    return calls;
  }

  /// When it first asks: at once for what was missed, or has no time before it to count from.
  private @Nullable Instant first(ServiceName name, ScheduleSpec spec, Instant now) {
    Optional<Instant> before = last.of(name).filter(time -> !time.isAfter(now));
    if (before.isEmpty()) {
      last.put(name, now);
      return spec.timing() instanceof Timing.Every ? now : next(spec, now, now);
    }
    @Nullable Instant due = next(spec, before.get(), before.get());
    boolean missed = due != null && !due.isAfter(now);
    if (!missed) {
      return due;
    }
    return madeUpFor(spec) ? now : next(spec, before.get(), now);
  }

  private static boolean madeUpFor(ScheduleSpec spec) {
    return spec.catchUp() == CatchUp.ONE;
  }

  /// What is due now.
  List<Call> turn(Instant now) {
    List<Call> calls = new ArrayList<>();
    if (told != null && now.isBefore(told.minus(LATE_MAX))) {
      // The clock was put back: the times that were reckoned are too far away.
      entries.replaceAll((name, entry) -> {
        if (entry.next == null || !entry.next.isAfter(now)) {
          return entry;
        }
        Entry nearer = new Entry(entry.spec, next(entry.spec, now, now));
        calls.add(new Call(name, false, nearer.next));
        return nearer;
      });
    }
    told = now;
    entries.replaceAll((name, entry) -> {
      if (entry.next == null || entry.next.isAfter(now)) {
        return entry;
      }
      boolean missed = Duration.between(entry.next, now).compareTo(LATE_MAX) > 0;
      Entry moved = new Entry(entry.spec, next(entry.spec, entry.next, now));
      last.put(name, now);
      calls.add(new Call(name, !missed || madeUpFor(entry.spec), moved.next));
      return moved;
    });
    if (!calls.isEmpty()) {
      last.save();
    }
    return calls;
  }

  /// The earliest of all times.
  Optional<Instant> earliest() {
    return entries.values().stream()
        .map(Entry::next)
        .<Instant>mapMulti((next, found) -> {
          if (next != null) {
            found.accept(next);
          }
        })
        .min(Instant::compareTo);
  }

  private @Nullable Instant next(ScheduleSpec spec, Instant before, Instant now) {
    @Nullable Instant time =
        switch (spec.timing()) {
          case Timing.Cron(String expression, var zone) ->
              CronTimes.of(expression, zone).after(now).orElse(null);
          case Timing.Every(Duration interval) -> step(before, interval, now);
        };
    long jitter = spec.jitter().toMillis();
    return time == null || jitter == 0 ? time : time.plusMillis(chance.nextLong(jitter + 1));
  }

  /// The first of the equal steps from one time that comes after another.
  private static Instant step(Instant before, Duration interval, Instant now) {
    long steps = Math.max(0, Duration.between(before, now).dividedBy(interval)) + 1;
    return before.plus(interval.multipliedBy(steps));
  }
}

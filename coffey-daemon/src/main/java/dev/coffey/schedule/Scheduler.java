package dev.coffey.schedule;

import dev.coffey.schedule.Timetable.Call;
import dev.coffey.spec.ScheduleSpec;
import dev.coffey.spec.ServiceName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Watches the wall clock for all schedules. It has a thread only once there is a schedule.
public final class Scheduler implements AutoCloseable {
  /// The clock may be set, and the machine may sleep: no wait is longer than this.
  private static final Duration LOOK_EVERY = Duration.ofSeconds(20);

  private final InstantSource clock;
  private final ScheduleListener listener;
  private final Timetable timetable;
  private final AtomicReference<@Nullable Map<ServiceName, ScheduleSpec>> changed =
      new AtomicReference<>();
  private final Semaphore wake = new Semaphore(0);
  private final AtomicBoolean begun = new AtomicBoolean();
  private volatile boolean closed;

  /// @param file where it is kept when each schedule last asked
  public Scheduler(Path file, InstantSource clock, ScheduleListener listener) {
    this.clock = clock;
    this.listener = listener;
    this.timetable = new Timetable(LastTimes.read(file), new SplittableRandom());
  }

  /// Has these schedules followed from now on, and no others. Returns at once.
  public void follow(Map<ServiceName, ScheduleSpec> schedules) {
    if (schedules.isEmpty() && !begun.get()) {
      return;
    }
    changed.set(Map.copyOf(schedules));
    wake.release();
    if (begun.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("coffey-schedule").start(this::run);
    }
  }

  private void run() {
    try {
      while (!closed) {
        Map<ServiceName, ScheduleSpec> schedules = changed.getAndSet(null);
        if (schedules != null) {
          tell(timetable.follow(schedules, clock.instant()));
        }
        tell(timetable.turn(clock.instant()));
        boolean _ = wake.tryAcquire(patience().toMillis() + 1, TimeUnit.MILLISECONDS);
        wake.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration patience() {
    Instant now = clock.instant();
    return timetable
        .earliest()
        .map(next -> Duration.between(now, next))
        .filter(wait -> wait.compareTo(LOOK_EVERY) < 0)
        .orElse(LOOK_EVERY);
  }

  private void tell(List<Call> calls) {
    calls.forEach(call -> listener.scheduled(call.service(), call.now(), call.next()));
  }

  /// Nothing is asked for any more.
  @Override
  public void close() {
    closed = true;
    wake.release();
  }
}

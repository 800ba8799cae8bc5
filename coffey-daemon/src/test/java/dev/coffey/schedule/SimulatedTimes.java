package dev.coffey.schedule;

import dev.coffey.spec.ScheduleSpec;
import dev.coffey.spec.ServiceName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The real timetable over a disk that keeps nothing, for a world whose clock is told.
public final class SimulatedTimes {
  private final Timetable timetable;
  private final ScheduleListener listener;

  public SimulatedTimes(RandomGenerator chance, ScheduleListener listener) {
    this.timetable = new Timetable(new LastTimes(_ -> {}), chance);
    this.listener = listener;
  }

  /// These are the schedules from now on.
  public void follow(Map<ServiceName, ScheduleSpec> schedules, Instant wall) {
    tell(timetable.follow(schedules, wall));
  }

  /// What is due now is told.
  public void turn(Instant wall) {
    tell(timetable.turn(wall));
  }

  private void tell(List<Timetable.Call> calls) {
    calls.forEach(call -> listener.scheduled(call.service(), call.now(), call.next()));
  }

  /// When the wall clock will show the next time.
  public Optional<Instant> earliest() {
    return timetable.earliest();
  }
}

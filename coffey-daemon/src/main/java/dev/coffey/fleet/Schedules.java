package dev.coffey.fleet;

import dev.coffey.fleet.FleetEvent.Scheduled;
import dev.coffey.lifecycle.Agenda;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceState.BackingOff;
import dev.coffey.lifecycle.ServiceState.Completed;
import dev.coffey.lifecycle.ServiceState.Down;
import dev.coffey.lifecycle.ServiceState.Failed;
import dev.coffey.lifecycle.StopReason;
import dev.coffey.lifecycle.Wish;
import dev.coffey.spec.ScheduleSpec;
import org.jspecify.annotations.Nullable;

/// What a time that has come does to a service with a schedule.
final class Schedules {
  private Schedules() {}

  static void heard(Settling settling, int index, Scheduled news) {
    Service service = settling.at(index);
    @Nullable ScheduleSpec schedule = service.spec().schedule();
    if (schedule == null) {
      return;
    }
    Service told = service.with(service.agenda().next(news.next()));
    settling.put(index, news.now() ? asked(told, schedule, settling) : told);
  }

  /// A run that waits to begin anew after a failure begins at once: its time has come in any case.
  private static Service asked(Service service, ScheduleSpec schedule, Settling settling) {
    if (!service.wish().up() || service.paused() || settling.stopping()) {
      return service;
    }
    Agenda due = service.agenda().due(true);
    if (!service.state().alive()) {
      Service wanted = service.with(due);
      return over(service) ? wanted.in(new Down(null), settling.now()) : wanted;
    }
    return switch (schedule.overlap()) {
      case SKIP -> service;
      case QUEUE -> service.with(due);
      case REPLACE ->
          service.state().goesOn()
              ? service.with(due).wishing(new Wish(true, StopReason.RESTART))
              : service.with(due);
    };
  }

  private static boolean over(Service service) {
    return service.state() instanceof Completed
        || service.state() instanceof Failed
        || service.state() instanceof BackingOff;
  }
}

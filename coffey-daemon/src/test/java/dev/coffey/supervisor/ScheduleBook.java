package dev.coffey.supervisor;

import static dev.coffey.supervisor.Violation.require;

import dev.coffey.fleet.Command;
import dev.coffey.fleet.Fleet;
import dev.coffey.fleet.FleetEvent;
import dev.coffey.fleet.FleetEvent.Scheduled;
import dev.coffey.fleet.Transition;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceState.BackingOff;
import dev.coffey.lifecycle.ServiceState.Completed;
import dev.coffey.lifecycle.ServiceState.Down;
import dev.coffey.lifecycle.ServiceState.Failed;
import dev.coffey.lifecycle.ServiceState.Launching;
import dev.coffey.lifecycle.ServiceState.Queued;
import dev.coffey.lifecycle.ServiceState.StopFailed;
import dev.coffey.lifecycle.StopReason;
import dev.coffey.spec.ScheduleSpec;
import dev.coffey.spec.ScheduleSpec.Overlap;
import dev.coffey.spec.ServiceName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps its own account of who was asked to run by whom, of services with a schedule: each time is
/// one run, and without one there is none.
final class ScheduleBook {
  /// Who may run, because a time, a hand, a policy or another service has asked.
  private final Set<ServiceName> asked = new HashSet<>();

  /// Who runs once more when the present run is over.
  private final Set<ServiceName> owed = new HashSet<>();

  /// Whose time has come, as it was then.
  private @Nullable Service called;

  void hears(Fleet fleet, @Nullable FleetEvent event) {
    called = null;
    if (event instanceof Scheduled(var name, boolean now, _) && now) {
      fleet.service(name).ifPresent(service -> time(fleet, service));
    }
    if (fleet.rollingOut()) {
      fleet.services().forEach(service -> asked.add(service.name()));
    }
    switch (event) {
      case FleetEvent.Commanded(Command.Start(var names, boolean withRequirements)) ->
          byHand(fleet, names, withRequirements);
      case FleetEvent.Commanded(Command.Restart(var names, boolean with, boolean cascade, _)) ->
          byHand(fleet, names, with || cascade);
      case null, default -> {}
    }
  }

  private void byHand(Fleet fleet, List<ServiceName> names, boolean othersToo) {
    asked.addAll(names);
    if (othersToo) {
      fleet.services().forEach(service -> asked.add(service.name()));
    }
  }

  private void time(Fleet fleet, Service service) {
    @Nullable ScheduleSpec schedule = service.spec().schedule();
    if (schedule == null || !Reference.wanted(fleet, service) || service.paused()) {
      return;
    }
    called = service;
    if (!service.state().alive() || schedule.overlap() != Overlap.SKIP) {
      asked.add(service.name());
      owed.add(service.name());
    }
  }

  void happened(Transition transition) {
    Service was = transition.before();
    Service is = transition.after();
    ServiceName name = is.name();
    boolean launched =
        is.state() instanceof Launching
            && !is.state().currentRun().equals(was.state().currentRun());
    if (launched) {
      require(
          is.spec().schedule() == null || asked.contains(name) || was.spec().schedule() == null,
          "whoever has a schedule runs when it asks",
          is.state(),
          name);
      asked.remove(name);
      owed.remove(name);
    }
    boolean cutShort =
        Invariants.begins(was, is, StopReason.RESTART)
            || Invariants.begins(was, is, StopReason.DEPENDENCY);
    if (cutShort) {
      owed.add(name);
    }
    if (cutShort || is.state() instanceof BackingOff) {
      asked.add(name);
    }
  }

  void hold(Fleet fleet) {
    @Nullable Service was = called;
    if (was != null && !fleet.rollingOut()) {
      heeded(was, fleet.service(was.name()).orElseThrow(), fleet);
    }
    owed.removeIf(name -> fleet.service(name).filter(it -> mayOwe(fleet, it)).isEmpty());
    for (ServiceName name : owed) {
      Service service = fleet.service(name).orElseThrow();
      require(
          switch (service.state()) {
            case Completed _, Failed _ -> false;
            case Down(var blocker) -> blocker != null;
            default -> true;
          },
          "a run that is owed is not forgotten",
          service.state(),
          name);
    }
  }

  private static boolean mayOwe(Fleet fleet, Service service) {
    return service.spec().schedule() != null
        && Reference.wanted(fleet, service)
        && !service.paused();
  }

  private static void heeded(Service was, Service is, Fleet fleet) {
    @Nullable ScheduleSpec schedule = was.spec().schedule();
    ServiceName name = is.name();
    if (schedule == null) {
      return;
    }
    if (!was.state().alive()) {
      require(
          is.state() instanceof Launching
              || is.state() instanceof Queued
              || (is.state() instanceof Down(var blocker) && blocker != null),
          "a time that comes is a run",
          is.state(),
          name);
    } else if (schedule.overlap() == Overlap.REPLACE) {
      require(
          Reference.mustEnd(fleet, is) || Reference.ending(is) || is.state() instanceof StopFailed,
          "a run is replaced when the next time comes",
          is.state(),
          name);
    } else {
      require(
          is.state().currentRun().equals(was.state().currentRun()) && is.wish().equals(was.wish()),
          "a run that is neither replaced nor over goes on when the next time comes",
          is.state(),
          name);
    }
  }
}

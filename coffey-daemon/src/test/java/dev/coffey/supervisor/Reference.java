package dev.coffey.supervisor;

import dev.coffey.fleet.Fleet;
import dev.coffey.fleet.Phase;
import dev.coffey.lifecycle.Health;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceState.BackingOff;
import dev.coffey.lifecycle.ServiceState.Clearing;
import dev.coffey.lifecycle.ServiceState.Completed;
import dev.coffey.lifecycle.ServiceState.Down;
import dev.coffey.lifecycle.ServiceState.Failed;
import dev.coffey.lifecycle.ServiceState.Launching;
import dev.coffey.lifecycle.ServiceState.Queued;
import dev.coffey.lifecycle.ServiceState.Reloading;
import dev.coffey.lifecycle.ServiceState.Running;
import dev.coffey.lifecycle.ServiceState.Starting;
import dev.coffey.lifecycle.ServiceState.StopFailed;
import dev.coffey.lifecycle.ServiceState.Stopping;
import dev.coffey.spec.Dependency;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.StartSpec;

/// What the rules say of one state of a fleet, written a second time and without the core, so that
/// a mistake there cannot excuse itself.
final class Reference {
  private Reference() {}

  static boolean stopping(Fleet fleet) {
    return fleet.phase() == Phase.STOPPING || fleet.phase() == Phase.STOPPED;
  }

  static boolean wanted(Fleet fleet, Service service) {
    return service.wish().up() && !stopping(fleet);
  }

  static boolean mustEnd(Fleet fleet, Service service) {
    return !wanted(fleet, service) || service.wish().endRun() != null;
  }

  /// The same, but for one in a pause that its end has to wait for.
  static boolean endsNow(Fleet fleet, Service service) {
    return mustEnd(fleet, service) && !(service.paused() && wanted(fleet, service));
  }

  /// Who runs at certain times, and at no such time.
  static boolean resting(Service service) {
    return service.spec().schedule() != null && !service.agenda().due();
  }

  static boolean ending(Service service) {
    return service.state() instanceof Stopping || service.state() instanceof Clearing;
  }

  /// Something of it lives, or is about to, and can be ended.
  static boolean lives(Service service) {
    return switch (service.state()) {
      case Launching _, Starting _, Running _, Reloading _, Stopping _, Clearing _ -> true;
      case Down _, Queued _, BackingOff _, Completed _, Failed _, StopFailed _ -> false;
    };
  }

  static boolean ready(Service service) {
    return service.state() instanceof Running || service.state() instanceof Reloading;
  }

  static boolean onTheWay(Service service) {
    return service.state() instanceof Launching || service.state() instanceof Starting;
  }

  static boolean holds(Fleet fleet, Service other, Dependency.Condition condition) {
    boolean done =
        other.state() instanceof Completed
            && (other.spec().start().kind() == StartSpec.Kind.ONESHOT
                || other.spec().start().remainAfterExit());
    boolean ready = ready(other);
    return switch (condition) {
      case COMPLETED -> other.state() instanceof Completed;
      case STARTED ->
          !mustEnd(fleet, other) && (done || ready || other.state() instanceof Starting);
      case HEALTHY ->
          !mustEnd(fleet, other) && (done || (ready && other.health() != Health.UNHEALTHY));
    };
  }

  /// Whether somebody who ends too still needs a service.
  static boolean heldUp(Fleet fleet, Service service) {
    for (Service other : fleet.services()) {
      if (needs(other, service.name())
          && lives(other)
          && (endsNow(fleet, other) || ending(other))) {
        return true;
      }
    }
    return false;
  }

  private static boolean needs(Service dependent, ServiceName on) {
    return requires(dependent, on) || dependent.spec().relations().after().contains(on);
  }

  static boolean requires(Service dependent, ServiceName on) {
    for (Dependency edge : dependent.spec().relations().dependsOn()) {
      if (edge.on().equals(on)) {
        return true;
      }
    }
    return false;
  }
}

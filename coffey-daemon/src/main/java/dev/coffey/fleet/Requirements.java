package dev.coffey.fleet;

import dev.coffey.fleet.Links.Edge;
import dev.coffey.lifecycle.Health;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceState;
import dev.coffey.lifecycle.ServiceState.BackingOff;
import dev.coffey.lifecycle.ServiceState.Blocker;
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
import dev.coffey.spec.Dependency.Condition;
import dev.coffey.spec.StartSpec;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// What a service waits for before it may start.
///
/// A requirement blocks until its condition holds. An optional edge, and one of mere order, blocks
/// only while the other one is on its way: wanted, not failed, and not waiting for something that
/// has. Whether a service that is down is stuck is part of its state, so that this never has to
/// look further than one edge.
final class Requirements {
  private Requirements() {}

  /// The first thing in the way, looked for from where the last one was found.
  static @Nullable Blocker blocker(
      Service service, List<Edge> edges, IntFunction<Service> others, boolean stopping) {
    int from =
        service.state() instanceof Down(Blocker known)
                && known != null
                && known.edge() < edges.size()
            ? known.edge()
            : 0;
    for (int step = 0; step < edges.size(); step++) {
      int index = (from + step) % edges.size();
      Edge edge = edges.get(index);
      Service other = others.apply(edge.to());
      Condition condition = edge.dependency().condition();
      if (!holds(other, condition, stopping)) {
        boolean stuck = stuck(other, stopping);
        boolean coming = !stuck && !(other.state() instanceof BackingOff);
        if (edge.required() || coming) {
          return new Blocker(other.name(), condition, stuck, index);
        }
      }
    }
    return null;
  }

  /// Whether a condition holds of a service.
  static boolean holds(Service other, Condition condition, boolean stopping) {
    boolean leaving = stopping || !other.wish().up() || other.wish().endRun() != null;
    return switch (condition) {
      case STARTED ->
          !leaving
              && switch (other.state()) {
                case Starting _, Running _, Reloading _ -> true;
                case Completed _ -> done(other);
                default -> false;
              };
      case HEALTHY ->
          !leaving
              && switch (other.state()) {
                case Running _, Reloading _ -> other.health() != Health.UNHEALTHY;
                case Completed _ -> done(other);
                default -> false;
              };
      case COMPLETED -> other.state() instanceof Completed;
    };
  }

  /// Who must end before a service may: one that needs it, and is to end too.
  static @Nullable Service holder(int[] dependents, IntFunction<Service> others, boolean stopping) {
    for (int dependent : dependents) {
      Service other = others.apply(dependent);
      ServiceState state = other.state();
      boolean mustEnd =
          stopping || !other.wish().up() || (other.wish().endRun() != null && !other.paused());
      boolean ending = state instanceof Stopping || state instanceof Clearing;
      if (state.alive() && !(state instanceof StopFailed) && (mustEnd || ending)) {
        return other;
      }
    }
    return null;
  }

  private static boolean done(Service other) {
    return other.spec().start().kind() == StartSpec.Kind.ONESHOT
        || other.spec().start().remainAfterExit();
  }

  private static boolean stuck(Service other, boolean stopping) {
    if (stopping || !other.wish().up()) {
      return true;
    }
    ServiceState state = other.state();
    return switch (state) {
      case Down(Blocker blocker) -> other.resting() || (blocker != null && blocker.stuck());
      case Failed _, Completed _, StopFailed _ -> true;
      case Queued _, Launching _, Starting _, Running _, Reloading _ -> false;
      case Stopping _, Clearing _, BackingOff _ -> false;
    };
  }
}

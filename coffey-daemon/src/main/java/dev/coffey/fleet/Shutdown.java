package dev.coffey.fleet;

import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceState.Clearing;
import dev.coffey.lifecycle.ServiceState.Stopping;
import dev.coffey.spec.Plan;
import java.time.Instant;

/// How everything ends: in reverse order, then without grace, then at once.
final class Shutdown {
  private Shutdown() {}

  /// One more wish to end, however many there were.
  static void wanted(Settling settling, Plan plan) {
    switch (settling.course().phase()) {
      case STARTING, RUNNING -> begin(settling, plan, false);
      case STOPPING -> {
        if (settling.course().hurried()) {
          settling.steer(settling.course().in(Phase.STOPPED));
        } else {
          hurry(settling);
        }
      }
      case STOPPED -> {}
    }
  }

  static void begin(Settling settling, Plan plan, boolean failed) {
    if (settling.course().phase() == Phase.STOPPING) {
      return;
    }
    Instant by = settling.now().plus(plan.daemon().limits().shutdownTimeout());
    settling.steer(settling.course().stopping(by, failed));
    lookAtAll(settling);
  }

  static void hurry(Settling settling) {
    settling.steer(settling.course().hurrying());
    for (int index = 0; index < settling.links().size(); index++) {
      settling.put(index, settling.at(index));
      settling.look(index);
    }
  }

  static void lookAtAll(Settling settling) {
    for (int index = 0; index < settling.links().size(); index++) {
      settling.look(index);
    }
  }

  /// The same service without the grace it still had.
  static Service hurried(Service service, Instant now) {
    return switch (service.state()) {
      case Stopping state when !state.killed() && state.killAt().isAfter(now) ->
          service.in(
              new Stopping(state.run(), state.reason(), state.readyFor(), now, false),
              service.since());
      case Clearing state when !state.killed() && state.killAt().isAfter(now) ->
          service.in(new Clearing(state.run(), state.departure(), now, false), service.since());
      default -> service;
    };
  }
}

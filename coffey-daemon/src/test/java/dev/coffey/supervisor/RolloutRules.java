package dev.coffey.supervisor;

import static dev.coffey.supervisor.Violation.require;

import dev.coffey.fleet.Command;
import dev.coffey.fleet.Fleet;
import dev.coffey.fleet.FleetEvent;
import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceState.Completed;
import dev.coffey.lifecycle.StopReason;
import dev.coffey.spec.Dependency.Reaction;
import dev.coffey.spec.ServiceName;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Watches a rolling restart for as long as nobody asks anything else: no more are away at a time
/// than it may take, and the next goes only when one is back.
final class RolloutRules {
  private final Map<ServiceName, RunId> away = new HashMap<>();
  private Command.@Nullable Restart rollout;

  void hears(Fleet fleet, @Nullable FleetEvent event) {
    if (event instanceof FleetEvent.Commanded(Command command)) {
      boolean begins =
          command instanceof Command.Restart restart && restart.atOnce() > 0 && !fleet.rollingOut();
      away.clear();
      rollout = begins ? (Command.Restart) command : null;
    } else if (event instanceof FleetEvent.PlanChanged) {
      rollout = null;
    }
  }

  void hold(Fleet before, Fleet after) {
    Command.@Nullable Restart watched = rollout;
    if (watched == null || !after.rollingOut()) {
      rollout = null;
      return;
    }
    for (ServiceName name : watched.services()) {
      @Nullable Service was = before.service(name).orElse(null);
      @Nullable Service is = after.service(name).orElse(null);
      if (was != null && is != null) {
        follow(was, is);
      }
    }
    require(
        away.size() <= watched.atOnce(),
        "no more are away at a time than a rolling restart may take",
        "%s, not %d".formatted(away, watched.atOnce()),
        away.keySet().toArray(ServiceName[]::new));
  }

  private void follow(Service was, Service is) {
    @Nullable RunId run = is.lastRun();
    if (run == null || followsOthers(is)) {
      return;
    }
    if (Invariants.begins(was, is, StopReason.RESTART)) {
      away.put(is.name(), run);
    } else {
      boolean back =
          (Reference.ready(is) && is.wish().endRun() == null) || is.state() instanceof Completed;
      if (back && !run.equals(away.get(is.name()))) {
        away.remove(is.name());
      }
    }
  }

  /// Who is restarted with another service or by the clock, rollout or not.
  private static boolean followsOthers(Service service) {
    return service.spec().schedule() != null
        || service.spec().relations().dependsOn().stream()
            .anyMatch(edge ->
                edge.reactions().crash() == Reaction.RESTART
                    || edge.reactions().restart() == Reaction.RESTART);
  }
}

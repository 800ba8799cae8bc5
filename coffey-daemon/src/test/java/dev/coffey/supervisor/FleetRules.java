package dev.coffey.supervisor;

import static dev.coffey.supervisor.Violation.require;

import dev.coffey.fleet.Fleet;
import dev.coffey.lifecycle.ProbeKind;
import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.Service;
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
import dev.coffey.lifecycle.Track;
import dev.coffey.spec.ProbeSpec;
import dev.coffey.spec.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is true of a fleet at rest between two events: whatever may move has moved, nothing is left
/// behind by time, and nothing lives that the fleet does not know.
final class FleetRules {
  /// Longest grace, longest wait for KILL, and a loop that comes late for both.
  private static final Duration STOP_MAX =
      Duration.ofSeconds(21).plus(SimulatedWorld.LATE_MAX.multipliedBy(2));

  private static final Duration START_MAX = Duration.ofSeconds(31).plus(SimulatedWorld.LATE_MAX);

  private static final Duration RELOAD_MAX = Duration.ofSeconds(30).plus(SimulatedWorld.LATE_MAX);

  private static final String END = "who must end is told so when nobody holds him up";

  private final Map<ServiceName, Stay> stays = new HashMap<>();

  /// In which kind of state a service is, and from when.
  private record Stay(Class<?> state, Instant since, boolean paused) {}

  /// Deadlines may have been set anew.
  void replanned() {
    stays.clear();
  }

  void hold(Fleet fleet, Map<RunId, ServiceName> living, Instant now) {
    long onTheWay = fleet.services().stream().filter(Reference::onTheWay).count();
    boolean slotsFree = onTheWay < fleet.plan().daemon().limits().startParallelism();
    require(!fleet.deadline().isBefore(now), "no deadline is left behind", fleet.deadline());
    for (Service service : fleet.services()) {
      moved(fleet, service, slotsFree, now);
      inTime(service, now);
    }
    living.forEach((run, name) -> known(fleet, run, name));
  }

  private static void known(Fleet fleet, RunId run, ServiceName name) {
    @Nullable RunId current =
        fleet.service(name).flatMap(service -> service.state().currentRun()).orElse(null);
    require(run.equals(current), "nothing lives but the present run of each service", run, name);
  }

  private static void moved(Fleet fleet, Service service, boolean slotsFree, Instant now) {
    boolean wanted = Reference.wanted(fleet, service);
    ServiceName name = service.name();
    switch (service.state()) {
      case Down(var blocker) -> {
        if (wanted && !service.paused() && !Reference.resting(service)) {
          require(blocker != null, "what may start starts", "", name);
          blocked(fleet, name, blocker);
        }
      }
      case Queued _ -> {
        require(wanted, "who is not wanted does not wait for his turn", "", name);
        require(!slotsFree, "who waits for his turn gets a free slot", "", name);
      }
      case BackingOff _ -> require(wanted, "who is not wanted is not tried again", "", name);
      case Launching(_, _, var stop) ->
          require(stop != null || mayGoOn(fleet, service), END, "", name);
      case Starting _ -> require(mayGoOn(fleet, service), END, service.wish(), name);
      case Running running -> ready(fleet, service, running, now);
      case Reloading(Running running, _) -> ready(fleet, service, running, now);
      case Stopping _, Clearing _, StopFailed _, Completed _, Failed _ -> {}
    }
  }

  private static void ready(Fleet fleet, Service service, Running running, Instant now) {
    ServiceName name = service.name();
    require(mayGoOn(fleet, service), END, service.wish(), name);
    require(
        !dead(service, running) || service.paused() || Reference.mustEnd(fleet, service),
        "who is found dead by his probe ends",
        running,
        name);
    require(
        bounded(service, running, now) || Reference.mustEnd(fleet, service),
        "no run lasts longer than max_runtime",
        running,
        name);
  }

  private static boolean bounded(Service service, Running running, Instant now) {
    @Nullable Duration runtimeMax = service.spec().start().runtimeMax();
    if (runtimeMax == null || service.paused()) {
      return true;
    }
    Instant bound = running.run().launchedAt().plus(runtimeMax);
    return !running.endBy().isAfter(bound.isAfter(now) ? bound : now);
  }

  private static boolean mayGoOn(Fleet fleet, Service service) {
    return !Reference.endsNow(fleet, service) || Reference.heldUp(fleet, service);
  }

  private static boolean dead(Service service, Running running) {
    @Nullable ProbeSpec liveness = service.spec().health().liveness();
    @Nullable Track track = running.probing().tracks().get(ProbeKind.LIVENESS);
    return liveness != null
        && liveness.action() != ProbeSpec.Action.NONE
        && track != null
        && track.verdict() == Track.Verdict.BAD;
  }

  private static void blocked(Fleet fleet, ServiceName name, @Nullable Blocker blocker) {
    if (blocker != null) {
      Service other = fleet.service(blocker.on()).orElseThrow();
      require(
          !Reference.holds(fleet, other, blocker.condition()),
          "nobody waits for what holds",
          other.state(),
          name,
          other.name());
    }
  }

  private void inTime(Service service, Instant now) {
    ServiceName name = service.name();
    @Nullable Stay before = stays.get(name);
    boolean moved = before == null || before.state() != service.state().getClass();
    boolean held = before != null && (service.paused() || before.paused());
    if (before == null || moved || (held && service.state() instanceof Starting)) {
      stays.put(name, new Stay(service.state().getClass(), now, service.paused()));
      return;
    }
    Duration stay = Duration.between(before.since(), now);
    switch (service.state()) {
      case Stopping _, Clearing _ ->
          require(stay.compareTo(STOP_MAX) <= 0, "a stop ends", service.state(), name);
      case Starting _ ->
          require(
              stay.compareTo(START_MAX) <= 0 || service.wish().endRun() != null,
              "a start ends",
              service.state(),
              name);
      case Reloading _ -> require(stay.compareTo(RELOAD_MAX) <= 0, "a reload ends", stay, name);
      default -> {}
    }
  }
}

package dev.coffey.supervisor;

import dev.coffey.fleet.Fleet;
import dev.coffey.fleet.Order;
import dev.coffey.fleet.ServiceView;
import dev.coffey.fleet.ShownState;
import dev.coffey.fleet.Transition;
import dev.coffey.lifecycle.Effect;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceState.BackingOff;
import dev.coffey.lifecycle.ServiceState.Down;
import dev.coffey.spec.Dependency;
import dev.coffey.spec.Plan;
import dev.coffey.spec.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// What must be true after every event, whatever the world does.
final class Invariants {
  private final Plan plan;
  private final SimulatedWorld world;
  private final Map<ServiceName, Instant> retryAt = new HashMap<>();

  Invariants(Plan plan, SimulatedWorld world) {
    this.plan = plan;
    this.world = world;
  }

  /// A launch only when nothing of the service lives and its requirements hold; a stop only when
  /// nobody who must stop too still needs it.
  void ordered(Order order, Fleet fleet) {
    switch (order.effect()) {
      case Effect.Launch _ -> {
        require(world.living(order.service()) == 0, "two incarnations of " + order.service());
        require(!early(order.service()), "relaunched from back-off: " + order.service());
        ServiceView view = ServiceView.of(fleet, order.service()).orElseThrow();
        view.requirements().stream()
            .filter(requirement -> !requirement.optional())
            .forEach(requirement ->
                require(
                    requirement.met(),
                    "%s launched without %s".formatted(order.service(), requirement)));
      }
      case Effect.Terminate _ when fleet.service(order.service()).isPresent() ->
          nobodyLeftBehind(order.service(), fleet);
      default -> {}
    }
  }

  private boolean early(ServiceName service) {
    Instant due = retryAt.get(service);
    return due != null && due.isAfter(world.now());
  }

  private void nobodyLeftBehind(ServiceName stopped, Fleet fleet) {
    Service service = fleet.service(stopped).orElseThrow();
    boolean asked =
        service.state() instanceof dev.coffey.lifecycle.ServiceState.Stopping stopping
            && stopping.killAt().isAfter(world.now());
    if (!asked) {
      return;
    }
    for (Service other : fleet.services()) {
      boolean needs =
          other.spec().relations().dependsOn().stream().anyMatch(edge -> edge.on().equals(stopped));
      boolean mustEnd = !fleet.wanted(other) || other.wish().endRun() != null;
      boolean lives =
          other.state().alive()
              && !(other.state() instanceof dev.coffey.lifecycle.ServiceState.StopFailed);
      require(
          !(needs && mustEnd && lives),
          "%s stopped before %s, which is %s".formatted(stopped, other.name(), other.state()));
    }
  }

  void happened(Transition transition, Instant now) {
    if (transition.after().state() instanceof BackingOff state) {
      retryAt.put(transition.after().name(), state.retryAt());
      int attempt = transition.after().restarts().attempt();
      boolean counted = attempt > transition.before().restarts().attempt();
      if (counted) {
        Duration gap = Duration.between(now, state.retryAt());
        Duration plain = transition.after().spec().restart().backoff().delay(attempt);
        double jitter = transition.after().spec().restart().backoff().jitter();
        double share = (double) gap.toNanos() / plain.toNanos();
        require(
            share > 1 - jitter - 0.001 && share < 1 + jitter + 0.001,
            "back-off %d of %s is %s".formatted(attempt, transition.after().name(), gap));
      }
    } else {
      retryAt.remove(transition.after().name());
    }
  }

  void hold(Fleet fleet) {
    int slots = plan.daemon().limits().startParallelism();
    long onTheWay =
        ServiceView.all(fleet).stream().filter(view -> view.state() == ShownState.STARTING).count();
    require(onTheWay <= slots, "%d on the way with %d slots".formatted(onTheWay, slots));
  }

  /// In a world that is kind, everything wanted runs, is done, has failed, or waits for something
  /// that has failed or is not wanted.
  void atRest(Fleet fleet) {
    for (ServiceView view : ServiceView.all(fleet)) {
      Service service = view.service();
      if (!service.wish().up()) {
        require(!service.state().alive(), service.name() + " is not wanted but alive");
      } else if (service.state() instanceof Down(var blocker)) {
        require(
            blocker != null && blocker.stuck(),
            service.name() + " waits for ever: " + service.state());
      } else {
        require(
            switch (view.state()) {
              case RUNNING, COMPLETED, FAILED, STOP_FAILED -> true;
              default -> service.spec().start().runtimeMax() != null;
            },
            service.name() + " has not come to rest: " + service.state());
      }
      require(
          service.spec().relations().dependsOn().stream()
              .filter(edge -> edge.condition() == Dependency.Condition.STARTED)
              .allMatch(edge -> fleet.service(edge.on()).isPresent()),
          "an edge leads nowhere");
    }
  }

  private static void require(boolean truth, String otherwise) {
    if (!truth) {
      throw new AssertionError(otherwise);
    }
  }
}

package dev.coffey.supervisor;

import dev.coffey.fleet.FleetEvent;
import dev.coffey.fleet.Order;
import dev.coffey.fleet.Transition;
import dev.coffey.lifecycle.Effect;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceState;
import dev.coffey.lifecycle.ServiceState.BackingOff;
import dev.coffey.lifecycle.ServiceState.Blocker;
import dev.coffey.lifecycle.ServiceState.Down;
import dev.coffey.lifecycle.StopReason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Puts the steps of a simulation into words short enough to read.
final class Words {
  private Words() {}

  static String of(FleetEvent event) {
    return switch (event) {
      case FleetEvent.Reported(var name, var news) -> name + ": " + news;
      case FleetEvent.PlanChanged(var plan) -> "another plan, of " + plan.services().keySet();
      default -> event.toString();
    };
  }

  static String of(Order order) {
    String effect =
        switch (order.effect()) {
          case Effect.Launch launch -> "launch run " + launch.run();
          case Effect.Probe _ -> "";
          default -> order.effect().toString();
        };
    return effect.isEmpty() ? "" : "order %s: %s".formatted(order.service(), effect);
  }

  static String of(Transition transition) {
    String was = of(transition.before());
    String is = of(transition.after());
    return was.equals(is) ? "" : "%s: %s -> %s".formatted(transition.after().name(), was, is);
  }

  private static String of(Service service) {
    String run = service.state().currentRun().map(id -> " run " + id).orElse("");
    String detail =
        switch (service.state()) {
          case Down(Blocker blocker) when blocker != null ->
              " (waits for %s %s%s)"
                  .formatted(
                      blocker.on(), blocker.condition(), blocker.stuck() ? ", which is stuck" : "");
          case BackingOff(Instant retryAt, _) when retryAt.equals(ServiceState.NEVER) ->
              " until it is resumed";
          case BackingOff(Instant retryAt, _) ->
              " until %.3f s"
                  .formatted(Duration.between(Instant.EPOCH, retryAt).toMillis() / 1000.0);
          default -> "";
        };
    @Nullable StopReason endRun = service.wish().endRun();
    return service.state().getClass().getSimpleName()
        + run
        + detail
        + (service.wish().up() ? "" : ", not wanted")
        + (endRun == null ? "" : ", to end: " + endRun);
  }
}

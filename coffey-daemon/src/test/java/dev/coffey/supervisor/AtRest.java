package dev.coffey.supervisor;

import static dev.coffey.supervisor.Violation.require;

import dev.coffey.fleet.Fleet;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceState.Completed;
import dev.coffey.lifecycle.ServiceState.Down;
import dev.coffey.lifecycle.ServiceState.Failed;
import dev.coffey.lifecycle.ServiceState.Running;
import dev.coffey.lifecycle.ServiceState.StopFailed;
import dev.coffey.spec.Dependency;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What must have come of everything once the world has been kind for long enough: what is wanted
/// runs as the plan says, is done, has failed, or waits for something that has; what is not wanted
/// is gone; every operation has its answer.
final class AtRest {
  private AtRest() {}

  static void check(Fleet fleet, Operations operations) {
    Set<ServiceName> restless = restless(fleet);
    for (Service service : fleet.services()) {
      if (!restless.contains(service.name())) {
        check(fleet, service);
      }
    }
    for (Operation operation : operations.list()) {
      boolean mayGoOn = restless.stream().anyMatch(operation::waitsFor);
      require(
          mayGoOn || operation.outcome() != Operation.Outcome.UNDER_WAY,
          "every operation ends",
          operation.verb() + " " + operation.progress(0),
          operation.progress(0).stream()
              .map(Operation.Progress::service)
              .toArray(ServiceName[]::new));
    }
  }

  /// Those that may not run for ever, and whoever depends on them.
  private static Set<ServiceName> restless(Fleet fleet) {
    Set<ServiceName> restless = new HashSet<>();
    boolean more = true;
    while (more) {
      more = false;
      for (Service service : fleet.services()) {
        boolean ends =
            service.spec().start().runtimeMax() != null
                || service.spec().relations().dependsOn().stream()
                    .map(Dependency::on)
                    .anyMatch(restless::contains)
                || service.spec().relations().after().stream().anyMatch(restless::contains);
        more |= ends && restless.add(service.name());
      }
    }
    return restless;
  }

  private static void check(Fleet fleet, Service service) {
    ServiceName name = service.name();
    if (!service.wish().up()) {
      require(!service.state().alive(), "what is not wanted is gone", service.state(), name);
      return;
    }
    require(
        switch (service.state()) {
          case Running _, Completed _, Failed _, StopFailed _ -> true;
          case Down(var blocker) ->
              Reference.resting(service) || (blocker != null && blocker.stuck());
          default -> false;
        },
        "what is wanted comes to rest",
        service.state(),
        name);
    @Nullable ServiceSpec planned = fleet.plan().services().get(name);
    require(
        !Reference.ready(service) || service.spec().equals(planned),
        "what runs runs as the plan says",
        service.state(),
        name);
  }
}

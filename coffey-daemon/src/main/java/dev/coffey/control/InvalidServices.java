package dev.coffey.control;

import com.google.rpc.Code;
import dev.coffey.fleet.Fleet;
import dev.coffey.spec.Problem;
import dev.coffey.spec.ServiceName;
import dev.coffey.v1.Desired;
import dev.coffey.v1.ErrorReason;
import dev.coffey.v1.Health;
import dev.coffey.v1.Service;
import dev.coffey.v1.ServiceState;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Services that do not run because their file does not load: seen by all who look, out of reach
/// for all who want to change something.
final class InvalidServices {
  private InvalidServices() {}

  /// Those that a selection means.
  static List<Service> messages(Fleet fleet, Selection selection) {
    return fleet.plan().invalid().entrySet().stream()
        .filter(entry -> selection.fits(entry.getKey(), fleet.plan()))
        .map(entry -> message(entry.getKey(), entry.getValue()))
        .toList();
  }

  /// One of them.
  static Optional<Service> message(Fleet fleet, ServiceName name) {
    return Optional.ofNullable(fleet.plan().invalid().get(name))
        .map(problem -> message(name, problem));
  }

  private static Service message(ServiceName name, Problem problem) {
    return Service.newBuilder()
        .setName(name.value())
        .setState(ServiceState.SERVICE_STATE_INVALID)
        .setDesired(Desired.DESIRED_DOWN)
        .setHealth(Health.HEALTH_NONE)
        .setReason(problem.place() + ": " + problem.message())
        .build();
  }

  /// Why it cannot be started, stopped or written to.
  static StatusRuntimeException refusal(ServiceName name, Problem problem) {
    return Failure.of(
        Code.FAILED_PRECONDITION,
        ErrorReason.ERROR_REASON_INVALID_SERVICE,
        "the configuration of service '%s' does not load: %s: %s"
            .formatted(name, problem.place(), problem.message()),
        Map.of("service", name.value()));
  }
}

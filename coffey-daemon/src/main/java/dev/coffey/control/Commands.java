package dev.coffey.control;

import com.google.rpc.Code;
import dev.coffey.fleet.Command;
import dev.coffey.fleet.Fleet;
import dev.coffey.fleet.Reply.Refused;
import dev.coffey.fleet.ServiceView;
import dev.coffey.fleet.ShownState;
import dev.coffey.spec.ServiceName;
import dev.coffey.supervisor.Operation;
import dev.coffey.supervisor.Submission;
import dev.coffey.supervisor.Supervisor;
import dev.coffey.v1.ErrorReason;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// Gives commands to the supervisor, and explains its refusals.
final class Commands {
  private static final Duration HEARD_WITHIN = Duration.ofSeconds(20);

  private final Supervisor supervisor;

  Commands(Supervisor supervisor) {
    this.supervisor = supervisor;
  }

  /// The operation that a command becomes; waits until the loop has heard it.
  Operation give(Command command) {
    try {
      if (supervisor.snapshot().fleet().over()) {
        throw Failure.shuttingDown();
      }
      var answer = supervisor.submit(command);
      return switch (answer.get(HEARD_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        case Submission.Begun(Operation operation) -> operation;
        case Submission.Declined(Refused refusal) -> throw explained(command, refusal);
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.shuttingDown();
    } catch (TimeoutException e) {
      // The loop has ended in the meantime, or hangs; its watchdog tells then.
      throw Failure.shuttingDown();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the loop could not decide", e.getCause());
    }
  }

  private StatusRuntimeException explained(Command command, Refused refusal) {
    Fleet fleet = supervisor.snapshot().fleet();
    return switch (refusal.reason()) {
      case SHUTTING_DOWN -> Failure.shuttingDown();
      case UNKNOWN_SERVICE -> Selection.noSuchService(first(refusal), fleet);
      case HAS_DEPENDENTS ->
          precondition(
              ErrorReason.ERROR_REASON_HAS_DEPENDENTS,
              refusal.message(),
              Map.of(
                  "service", names(command.services()), "dependents", names(refusal.services())));
      case TOO_MANY ->
          Failure.of(
              Code.RESOURCE_EXHAUSTED,
              ErrorReason.ERROR_REASON_TOO_MANY,
              refusal.message(),
              Map.of("limit", "rolling restarts"));
      case NOT_RUNNING ->
          precondition(
              ErrorReason.ERROR_REASON_NOT_RUNNING, refusal.message(), stateOf(refusal, fleet));
    };
  }

  private static Map<String, String> stateOf(Refused refusal, Fleet fleet) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("service", first(refusal));
    ServiceView.of(fleet, new ServiceName(first(refusal)))
        .ifPresent(view -> {
          facts.put("state", view.state().word());
          facts.put("allowed", String.join(",", allowed(view.state())));
        });
    return facts;
  }

  /// What may be asked of a service in a state.
  private static List<String> allowed(ShownState state) {
    return switch (state) {
      case STOPPED, COMPLETED, FAILED -> List.of("start", "restart");
      case WAITING, BACKOFF -> List.of("start", "stop", "restart");
      case STARTING, RUNNING, RELOADING -> List.of("stop", "restart", "kill");
      case STOPPING, STOP_FAILED -> List.of("start", "restart", "kill");
    };
  }

  private static StatusRuntimeException precondition(
      ErrorReason reason, String message, Map<String, String> facts) {
    return Failure.of(Code.FAILED_PRECONDITION, reason, message, facts);
  }

  private static String first(Refused refusal) {
    return refusal.services().getFirst().value();
  }

  private static String names(List<ServiceName> services) {
    return services.stream().map(ServiceName::value).collect(Collectors.joining(","));
  }
}

package dev.coffey.control;

import dev.coffey.fleet.ShownState;
import dev.coffey.lifecycle.Result;
import dev.coffey.lifecycle.Run;
import dev.coffey.lifecycle.Service;
import dev.coffey.logs.Logs;
import dev.coffey.spec.ServiceName;
import dev.coffey.supervisor.Operation;
import dev.coffey.supervisor.Operation.Progress;
import dev.coffey.supervisor.Snapshot;
import dev.coffey.v1.OperationState;
import dev.coffey.v1.Outcome;
import dev.coffey.v1.ServiceOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Operations as messages.
final class OperationMessages {
  static final int LOG_TAIL_LINES = 20;

  private static final String ID_PREFIX = "op-";

  private final WallTime wall;
  private final ServiceMessages services;
  private final LogMessages lines;
  private final Logs logs;
  private final CallerBook callers = new CallerBook();

  OperationMessages(WallTime wall, ServiceMessages services, Logs logs) {
    this.wall = wall;
    this.services = services;
    this.lines = new LogMessages();
    this.logs = logs;
  }

  static String id(Operation operation) {
    return ID_PREFIX + operation.id();
  }

  /// The number in an operation's id.
  static Optional<Long> number(String id) {
    return id.matches("op-[0-9]{1,18}")
        ? Optional.of(Long.parseLong(id.substring(ID_PREFIX.length())))
        : Optional.empty();
  }

  CallerBook callers() {
    return callers;
  }

  /// An operation as far as it has come.
  dev.coffey.v1.Operation message(Operation operation, Snapshot snapshot) {
    Map<ServiceName, ServiceOutcome> outcomes = new LinkedHashMap<>();
    List<Progress> steps = operation.progress(0);
    for (Progress step : steps) {
      outcomes.put(step.service(), outcome(operation, step, snapshot));
    }
    var message =
        dev.coffey.v1.Operation.newBuilder()
            .setId(id(operation))
            .setVerb(operation.verb())
            .setState(state(operation, outcomes.values()))
            .setAcceptedAt(wall.shown(operation.begunAt()))
            .addAllServices(outcomes.values());
    callers.of(operation.id()).ifPresent(message::setCaller);
    if (operation.outcome() != Operation.Outcome.UNDER_WAY) {
      Instant end = steps.isEmpty() ? operation.begunAt() : steps.getLast().at();
      message
          .setFinishedAt(wall.shown(end))
          .setTookMs(Duration.between(operation.begunAt(), end).toMillis())
          .setRevision(snapshot.revision());
      reason(outcomes.values()).ifPresent(message::setReason);
    }
    return message.build();
  }

  private static OperationState state(Operation operation, Collection<ServiceOutcome> outcomes) {
    return switch (operation.outcome()) {
      case UNDER_WAY -> OperationState.OPERATION_STATE_RUNNING;
      case DONE -> OperationState.OPERATION_STATE_SUCCEEDED;
      case SKIPPED -> OperationState.OPERATION_STATE_FAILED;
      case FAILED ->
          outcomes.stream().anyMatch(one -> one.getOutcome() == Outcome.OUTCOME_FAILED)
              ? OperationState.OPERATION_STATE_FAILED
              : OperationState.OPERATION_STATE_CANCELLED;
    };
  }

  private static Optional<String> reason(Collection<ServiceOutcome> outcomes) {
    List<String> bad =
        outcomes.stream()
            .filter(one ->
                one.getOutcome() == Outcome.OUTCOME_FAILED
                    || one.getOutcome() == Outcome.OUTCOME_CANCELLED)
            .map(one -> "'%s' %s".formatted(one.getService(), why(one)))
            .limit(5)
            .toList();
    return bad.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", bad));
  }

  private static String why(ServiceOutcome outcome) {
    if (outcome.getOutcome() == Outcome.OUTCOME_CANCELLED) {
      return "was overtaken by a later command";
    }
    return outcome.hasReason() ? "failed: " + outcome.getReason() : "failed";
  }

  /// One step of one service.
  ServiceOutcome outcome(Operation operation, Progress step, Snapshot snapshot) {
    var message =
        ServiceOutcome.newBuilder()
            .setService(step.service().value())
            .setState(Words.of(step.state()))
            .setOutcome(outcomeOf(operation, step, snapshot));
    if (!step.reason().isEmpty()) {
      message.setReason(step.reason());
    }
    if (step.outcome() != Operation.Outcome.UNDER_WAY) {
      message.setTookMs(Duration.between(operation.begunAt(), step.at()).toMillis());
    }
    snapshot.fleet().service(step.service()).ifPresent(now -> addProcess(message, now));
    if (message.getOutcome() == Outcome.OUTCOME_FAILED) {
      message.addAllLogTail(lines.lines(logs.tail(step.service(), LOG_TAIL_LINES)));
    }
    return message.build();
  }

  private void addProcess(ServiceOutcome.Builder message, Service service) {
    service.state().process().map(Run::pid).ifPresent(message::setPid);
    service.state().currentRun().ifPresent(run -> message.setRunId(run.value()));
    @Nullable Result last = service.last();
    boolean ended = service.state().process().isEmpty();
    if (last != null && ended && message.getOutcome() != Outcome.OUTCOME_PENDING) {
      message.setResult(services.result(last));
    }
  }

  private static Outcome outcomeOf(Operation operation, Progress step, Snapshot snapshot) {
    boolean start = !operation.verb().equals("stop");
    return switch (step.outcome()) {
      case UNDER_WAY -> Outcome.OUTCOME_PENDING;
      case DONE -> untouched(operation, step) ? Outcome.OUTCOME_UNCHANGED : Outcome.OUTCOME_DONE;
      case FAILED ->
          overtaken(step, snapshot, start) ? Outcome.OUTCOME_CANCELLED : Outcome.OUTCOME_FAILED;
      case SKIPPED -> Outcome.OUTCOME_SKIPPED;
    };
  }

  /// It was so when the command came.
  private static boolean untouched(Operation operation, Progress step) {
    return step.at().equals(operation.begunAt())
        && !operation.withdraws(step.service())
        && (operation.verb().equals("start") || operation.verb().equals("stop"));
  }

  private static boolean overtaken(Progress step, Snapshot snapshot, boolean wantedUp) {
    boolean broken =
        step.state() == ShownState.FAILED
            || step.state() == ShownState.BACKOFF
            || step.state() == ShownState.STOP_FAILED;
    return !broken
        && snapshot
            .fleet()
            .service(step.service())
            .map(service -> service.wish().up() != wantedUp)
            .orElse(false);
  }
}

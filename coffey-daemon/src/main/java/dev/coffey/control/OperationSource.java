package dev.coffey.control;

import dev.coffey.supervisor.Operation;
import dev.coffey.supervisor.Operation.Progress;
import dev.coffey.supervisor.Snapshot;
import dev.coffey.supervisor.Subscription;
import dev.coffey.supervisor.Supervisor;
import dev.coffey.v1.OperationProgress;
import java.util.List;

/// An operation on its way: that it was accepted, each step, and how it ended.
final class OperationSource implements Source<OperationProgress> {
  private final Operation operation;
  private final Supervisor supervisor;
  private final OperationMessages messages;
  private final boolean noWait;
  private final Subscription subscription;
  private boolean begun;
  private int told;

  /// What an operation is looked at through.
  record View(Supervisor supervisor, OperationMessages messages, WallTime wall) {}

  private final WallTime wall;

  OperationSource(View view, Operation operation, boolean noWait, Runnable wake) {
    this.operation = operation;
    this.supervisor = view.supervisor();
    this.messages = view.messages();
    this.wall = view.wall();
    this.noWait = noWait;
    this.subscription = operation.watch(wake);
  }

  @Override
  public Next<OperationProgress> next() {
    Snapshot snapshot = supervisor.snapshot();
    if (!begun) {
      begun = true;
      told = operation.progress(0).size();
      OperationProgress accepted =
          OperationProgress.newBuilder()
              .setOperationId(OperationMessages.id(operation))
              .setTime(wall.shown(operation.begunAt()))
              .setAccepted(messages.message(operation, snapshot))
              .build();
      return new Next<>(accepted, noWait);
    }
    boolean over = operation.outcome() != Operation.Outcome.UNDER_WAY;
    List<Progress> steps = operation.progress(told);
    if (!steps.isEmpty()) {
      Progress step = steps.getFirst();
      told++;
      return Next.of(
          OperationProgress.newBuilder()
              .setOperationId(OperationMessages.id(operation))
              .setTime(wall.shown(step.at()))
              .setService(messages.outcome(operation, step, snapshot))
              .build());
    }
    return over ? Next.last(done(snapshot)) : Next.nothing();
  }

  private OperationProgress done(Snapshot snapshot) {
    dev.coffey.v1.Operation message = messages.message(operation, snapshot);
    return OperationProgress.newBuilder()
        .setOperationId(OperationMessages.id(operation))
        .setTime(message.getFinishedAt())
        .setDone(message)
        .build();
  }

  @Override
  public void close() {
    subscription.close();
  }
}

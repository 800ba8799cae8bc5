package dev.coffey.control;

import dev.coffey.fleet.Fleet;
import dev.coffey.fleet.FleetEvent;
import dev.coffey.fleet.ServiceView;
import dev.coffey.fleet.ShownState;
import dev.coffey.lifecycle.Service;
import dev.coffey.spec.ServiceName;
import dev.coffey.supervisor.Snapshot;
import dev.coffey.supervisor.Subscription;
import dev.coffey.v1.Operation;
import dev.coffey.v1.OperationProgress;
import dev.coffey.v1.OperationState;
import dev.coffey.v1.Outcome;
import dev.coffey.v1.ServiceOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/// The end of everything on its way, told from snapshots: there is no operation beside it that
/// could go on.
final class ShutdownSource implements Source<OperationProgress> {
  private static final String ID = "shutdown";

  private final House house;
  private final Farewell farewell;
  private final boolean noWait;
  private final Subscription subscription;
  private final Map<ServiceName, ShownState> told = new TreeMap<>();
  private final Deque<ServiceOutcome> steps = new ArrayDeque<>();
  private final Instant begunAt;
  private boolean accepted;

  ShutdownSource(House house, Farewell farewell, boolean noWait, Runnable wake) {
    this.house = house;
    this.farewell = farewell;
    this.noWait = noWait;
    this.begunAt = house.wall().now();
    this.subscription = house.supervisor().watch(wake);
    Fleet fleet = house.supervisor().snapshot().fleet();
    for (Service service : fleet.services()) {
      told.put(service.name(), ServiceView.of(fleet, service).state());
    }
    farewell.enter();
    house.supervisor().post(new FleetEvent.ShutdownWanted());
  }

  @Override
  public Next<OperationProgress> next() {
    Snapshot snapshot = house.supervisor().snapshot();
    if (!accepted) {
      accepted = true;
      return new Next<>(
          progress()
              .setAccepted(operation(snapshot, OperationState.OPERATION_STATE_RUNNING))
              .build(),
          noWait);
    }
    if (steps.isEmpty()) {
      collect(snapshot.fleet());
    }
    if (!steps.isEmpty()) {
      return Next.of(progress().setService(steps.remove()).build());
    }
    return snapshot.fleet().over() ? Next.last(done(snapshot)) : Next.nothing();
  }

  private void collect(Fleet fleet) {
    for (Service service : fleet.services()) {
      ServiceView view = ServiceView.of(fleet, service);
      if (told.put(service.name(), view.state()) != view.state()) {
        steps.add(outcome(view));
      }
    }
  }

  private OperationProgress done(Snapshot snapshot) {
    boolean left =
        snapshot.fleet().services().stream().anyMatch(service -> service.state().alive());
    return progress()
        .setDone(
            operation(
                snapshot,
                left
                    ? OperationState.OPERATION_STATE_FAILED
                    : OperationState.OPERATION_STATE_SUCCEEDED))
        .build();
  }

  private OperationProgress.Builder progress() {
    return OperationProgress.newBuilder()
        .setOperationId(ID)
        .setTime(house.wall().shown(house.wall().now()));
  }

  private Operation operation(Snapshot snapshot, OperationState state) {
    var message =
        Operation.newBuilder()
            .setId(ID)
            .setVerb("shutdown")
            .setState(state)
            .setAcceptedAt(house.wall().shown(begunAt));
    for (Service service : snapshot.fleet().services()) {
      message.addServices(outcome(ServiceView.of(snapshot.fleet(), service)));
    }
    if (state != OperationState.OPERATION_STATE_RUNNING) {
      Instant now = house.wall().now();
      message
          .setFinishedAt(house.wall().shown(now))
          .setTookMs(Duration.between(begunAt, now).toMillis())
          .setRevision(snapshot.revision());
    }
    return message.build();
  }

  private static ServiceOutcome outcome(ServiceView view) {
    var message =
        ServiceOutcome.newBuilder()
            .setService(view.service().name().value())
            .setState(Words.of(view.state()))
            .setOutcome(
                switch (view.state()) {
                  case STOP_FAILED -> Outcome.OUTCOME_FAILED;
                  case STOPPED, COMPLETED, FAILED -> Outcome.OUTCOME_DONE;
                  case WAITING, STARTING, RUNNING, RELOADING, STOPPING, BACKOFF ->
                      Outcome.OUTCOME_PENDING;
                });
    if (!view.reason().isEmpty()) {
      message.setReason(view.reason());
    }
    return message.build();
  }

  @Override
  public void close() {
    subscription.close();
    farewell.leave();
  }
}

package dev.coffey.control;

import dev.coffey.events.Events;
import dev.coffey.logs.Logs;
import dev.coffey.supervisor.Clock;
import dev.coffey.supervisor.Supervisor;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// What the faces of this room look at, and the translators they share.
@Singleton
final class House {
  private final Supervisor supervisor;
  private final Events events;
  private final Logs logs;
  private final WallTime wall;
  private final ServiceMessages services;
  private final OperationMessages operations;
  private final DaemonMessages daemon;

  @Inject
  House(DaemonIdentity identity, Supervisor supervisor, Events events, Logs logs, Clock clock) {
    this.supervisor = supervisor;
    this.events = events;
    this.logs = logs;
    this.wall = new WallTime(clock);
    this.services = new ServiceMessages(wall);
    this.operations = new OperationMessages(wall, services, logs);
    this.daemon = new DaemonMessages(identity, supervisor);
  }

  Supervisor supervisor() {
    return supervisor;
  }

  Events events() {
    return events;
  }

  Logs logs() {
    return logs;
  }

  WallTime wall() {
    return wall;
  }

  ServiceMessages services() {
    return services;
  }

  OperationMessages operations() {
    return operations;
  }

  DaemonMessages daemon() {
    return daemon;
  }

  OperationSource.View operationView() {
    return new OperationSource.View(supervisor, operations, wall);
  }
}

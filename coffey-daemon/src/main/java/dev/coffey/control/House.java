package dev.coffey.control;

import dev.coffey.events.Events;
import dev.coffey.logs.Logs;
import dev.coffey.supervisor.Clock;
import dev.coffey.supervisor.Ground;
import dev.coffey.supervisor.Supervisor;
import dev.coffey.usage.Usages;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// What the faces of this room look at, and the translators they share.
@Singleton
final class House {
  private final Supervisor supervisor;
  private final Events events;
  private final Logs logs;
  private final Usages usages;
  private final Ground ground;
  private final WallTime wall;
  private final ServiceMessages services;
  private final OperationMessages operations;
  private final DaemonMessages daemon;

  @Inject
  House(
      DaemonIdentity identity,
      Supervisor supervisor,
      Events events,
      Logs logs,
      Clock clock,
      Usages usages,
      Ground ground) {
    this.supervisor = supervisor;
    this.events = events;
    this.logs = logs;
    this.usages = usages;
    this.ground = ground;
    this.wall = new WallTime(clock);
    this.services = new ServiceMessages(wall, usages, ground);
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

  Usages usages() {
    return usages;
  }

  Ground ground() {
    return ground;
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

  ServiceWatch.View watchView() {
    return new ServiceWatch.View(supervisor, services, wall, usages);
  }

  OperationSource.View operationView() {
    return new OperationSource.View(supervisor, operations, wall);
  }
}

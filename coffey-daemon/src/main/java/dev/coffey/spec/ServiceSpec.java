package dev.coffey.spec;

import org.jspecify.annotations.Nullable;

/// One service of a plan. A change of `exec`, or of what the process is given beside it, needs a
/// restart; all else applies live.
public record ServiceSpec(
    ServiceName name,
    About about,
    ExecSpec exec,
    StartSpec start,
    Relations relations,
    HealthSpec health,
    RestartSpec restart,
    StopSpec stop,
    LogSpec logs,
    Features features) {
  /// A service without further features.
  public ServiceSpec(
      ServiceName name,
      About about,
      ExecSpec exec,
      StartSpec start,
      Relations relations,
      HealthSpec health,
      RestartSpec restart,
      StopSpec stop,
      LogSpec logs) {
    this(name, about, exec, start, relations, health, restart, stop, logs, Features.NONE);
  }

  /// A service with everything but its command at its default.
  public static ServiceSpec of(String name, Command command) {
    return new ServiceSpec(
        new ServiceName(name),
        About.NOTHING,
        ExecSpec.of(command),
        StartSpec.DEFAULT,
        Relations.NONE,
        HealthSpec.NONE,
        RestartSpec.DEFAULT,
        StopSpec.DEFAULT,
        LogSpec.DEFAULT);
  }

  /// The same with other edges.
  public ServiceSpec with(Relations changed) {
    return new ServiceSpec(
        name, about, exec, start, changed, health, restart, stop, logs, features);
  }

  /// The same with another start.
  public ServiceSpec with(StartSpec changed) {
    return new ServiceSpec(
        name, about, exec, changed, relations, health, restart, stop, logs, features);
  }

  /// The same with other probes.
  public ServiceSpec with(HealthSpec changed) {
    return new ServiceSpec(
        name, about, exec, start, relations, changed, restart, stop, logs, features);
  }

  /// The same with another answer to an end.
  public ServiceSpec with(RestartSpec changed) {
    return new ServiceSpec(
        name, about, exec, start, relations, health, changed, stop, logs, features);
  }

  /// The same with another way to end.
  public ServiceSpec with(StopSpec changed) {
    return new ServiceSpec(
        name, about, exec, start, relations, health, restart, changed, logs, features);
  }

  /// The same with other bounds of its log.
  public ServiceSpec with(LogSpec changed) {
    return new ServiceSpec(
        name, about, exec, start, relations, health, restart, stop, changed, features);
  }

  /// The same with another process.
  public ServiceSpec with(ExecSpec changed) {
    return new ServiceSpec(
        name, about, changed, start, relations, health, restart, stop, logs, features);
  }

  /// The same with other features.
  public ServiceSpec with(Features changed) {
    return new ServiceSpec(
        name, about, exec, start, relations, health, restart, stop, logs, changed);
  }

  /// Whether a running process of this spec would differ from one of the other.
  public boolean runsOtherThan(ServiceSpec other) {
    return !exec.equals(other.exec)
        || !features.given().equals(other.features.given())
        || !logs.keepsSameStreams(other.logs);
  }

  /// When it runs, for one that does not simply run while it is wanted.
  public @Nullable ScheduleSpec schedule() {
    return features.around().schedule();
  }

  /// The same with another schedule.
  public ServiceSpec with(@Nullable ScheduleSpec changed) {
    return new ServiceSpec(
        name,
        about,
        exec,
        start,
        relations,
        health,
        restart,
        stop,
        logs,
        new Features(features.given(), features.around().with(changed)));
  }

  /// The condition a dependent gets when it names none.
  public Dependency.Condition defaultCondition() {
    if (start.kind() == StartSpec.Kind.ONESHOT) {
      return Dependency.Condition.COMPLETED;
    }
    return health.hasReadiness() ? Dependency.Condition.HEALTHY : Dependency.Condition.STARTED;
  }
}

package dev.coffey.lifecycle;

/// What a service can be told. News of a process carries the run it is about.
public sealed interface ServiceEvent {
  /// It may start now, as this run.
  record StartGranted(RunId run, double chance) implements ServiceEvent {}

  /// It must end, for this reason.
  record StopGranted(StopReason reason) implements ServiceEvent {}

  /// A deadline that its state holds has passed.
  record DeadlinePassed(double chance) implements ServiceEvent {}

  /// The process exists.
  record Launched(RunId run, int pid) implements ServiceEvent {}

  /// There is no process, and there will be none.
  record LaunchFailed(RunId run, LaunchFailure failure, double chance) implements ServiceEvent {}

  /// The main process has ended and was reaped.
  record Ended(RunId run, ExitStatus status, double chance) implements ServiceEvent {}

  /// Nothing of the run is left.
  record Emptied(RunId run) implements ServiceEvent {}

  /// Processes of the run have survived KILL.
  record RefusedToDie(RunId run, int processes) implements ServiceEvent {}

  /// A probe has an answer.
  record ProbeReported(RunId run, ProbeKind kind, ProbeOutcome outcome) implements ServiceEvent {}

  /// A process of an earlier daemon was found and proved to be this service's.
  record Adopted(RunId run, int pid) implements ServiceEvent {}
}

package dev.coffey.lifecycle;

/// What a service can be told. News of a process carries the run it is about.
public sealed interface ServiceEvent {
  /// It may start now, as this run.
  record StartGranted(RunId run) implements ServiceEvent {}

  /// It must end now, for this reason.
  record StopGranted(StopReason reason) implements ServiceEvent {}

  /// A deadline that its state holds has passed.
  record DeadlinePassed() implements ServiceEvent {}

  /// News of one run; dropped when a later one is under way.
  sealed interface News extends ServiceEvent {
    /// The run it is about.
    RunId run();
  }

  /// The process exists.
  record Launched(RunId run, int pid) implements News {}

  /// There is no process, and there will be none.
  record LaunchFailed(RunId run, LaunchFailure failure) implements News {}

  /// The service takes in its configuration anew; it goes on being ready.
  record ReloadBegan(RunId run) implements News {}

  /// It has done so.
  record ReloadEnded(RunId run) implements News {}

  /// The command that asks the run to end is over.
  ///
  /// @param good whether it exited with 0
  record StopCommandEnded(RunId run, boolean good) implements News {}

  /// The main process has ended and was reaped.
  record Ended(RunId run, ExitStatus status) implements News {}

  /// The main process has ended and nothing of the run is left.
  record Emptied(RunId run) implements News {}

  /// Processes of the run have survived KILL.
  record RefusedToDie(RunId run, int processes) implements News {}

  /// A probe has an answer.
  record ProbeReported(RunId run, ProbeKind kind, ProbeOutcome outcome) implements News {}
}

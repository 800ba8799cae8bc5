package dev.coffey.lifecycle;

import dev.coffey.spec.Command;
import dev.coffey.spec.ProbeSpec;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;

/// An order to the world. Performing one only ever answers with an event.
public sealed interface Effect {
  /// Make a process; answered by `Launched` or `LaunchFailed`.
  ///
  /// @param restarts how often the service was restarted before, for its environment
  record Launch(RunId run, ServiceSpec spec, int restarts) implements Effect {}

  /// Ask the run to end: this signal, without `SIG`, to the whole group, then CONT.
  record Terminate(RunId run, String signal) implements Effect {}

  /// Run the command by which the run is asked to end; answered by `StopCommandEnded`. A `Kill` of
  /// the run ends the command too.
  record StopCommand(RunId run, int pid, Command command) implements Effect {}

  /// End everything that belongs to the run; answered by `Ended`, `Emptied` or `RefusedToDie`.
  record Kill(RunId run) implements Effect {}

  /// Send the main process a signal, named without `SIG`.
  record Signal(RunId run, String signal) implements Effect {}

  /// Watch what the ended main process has left behind; answered by `Emptied` when nothing is left.
  record Sweep(RunId run) implements Effect {}

  /// Look once; answered by `ProbeReported`.
  record Probe(RunId run, ServiceName service, ProbeKind kind, ProbeSpec spec) implements Effect {}

  /// Forget the run's probes that are under way.
  record CancelProbes(RunId run) implements Effect {}
}

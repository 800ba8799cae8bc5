package dev.coffey.process;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.LaunchFailure;
import dev.coffey.lifecycle.RunId;

/// Told what becomes of runs, by threads of this room: it must only pass the news on.
///
/// For each order either `launchFailed` comes, or `launched` and later `ended`; then, after a sweep
/// or a kill, `emptied`, perhaps with `refusedToDie` before it.
public interface ProcessListener {
  /// The process exists and executes the service's binary.
  void launched(RunId run, int pid);

  /// There is no process, and there will be none.
  void launchFailed(RunId run, LaunchFailure failure);

  /// The main process has ended and was reaped. Others of the run may be left.
  void ended(RunId run, ExitStatus status);

  /// Nothing of the run is left.
  void emptied(RunId run);

  /// So many processes of the run have survived KILL; they are watched on.
  void refusedToDie(RunId run, int processes);
}

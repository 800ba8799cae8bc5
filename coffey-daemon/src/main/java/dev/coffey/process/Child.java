package dev.coffey.process;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.LaunchFailure;
import dev.coffey.lifecycle.RunId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A run's main process: our child, so its number is its own until we reap it. It tells the
/// listener each piece of news once and in order, whoever learns of it first.
final class Child {
  private final RunId run;
  private final int pid;

  /// What it still has to go through; null once it is the service.
  private @Nullable Chain ahead;

  private @Nullable LaunchFailure refusal;
  private @Nullable Cgroup cgroup;

  /// A process that is on its way, or there already when the chain is direct.
  Child(RunId run, int pid, Chain chain) {
    this.run = run;
    this.pid = pid;
    this.ahead = chain.direct() ? null : chain;
  }

  RunId run() {
    return run;
  }

  int pid() {
    return pid;
  }

  /// The control group that holds all of the run; empty when it has none.
  synchronized Optional<Cgroup> cgroup() {
    return Optional.ofNullable(cgroup);
  }

  /// Said before it is put there, so that the group is given back however soon the process ends.
  synchronized void joins(Cgroup group) {
    cgroup = group;
  }

  /// It could not be put into its group: to end that would not end the process.
  synchronized void staysOutside() {
    cgroup = null;
  }

  /// Whether it is the service by now.
  synchronized boolean arrived() {
    return ahead == null;
  }

  /// It is the service, as its arguments show.
  synchronized void arrived(byte[] arguments, ProcessListener listener) {
    if (ahead != null && refusal == null && arguments.length > 0 && !ahead.onTheWay(arguments)) {
      ahead = null;
      listener.launched(run, pid);
    }
  }

  /// It must not become the service; its end is reported as this failure.
  synchronized void refuse(LaunchFailure failure) {
    refusal = failure;
  }

  /// It has ended, under this name. Tells whether it was the service.
  synchronized boolean ended(String command, ExitStatus status, ProcessListener listener) {
    LaunchFailure failure = failure(command, status);
    if (failure != null) {
      listener.launchFailed(run, failure);
      return false;
    }
    if (ahead != null) {
      ahead = null;
      listener.launched(run, pid);
    }
    listener.ended(run, status);
    return true;
  }

  private @Nullable LaunchFailure failure(String command, ExitStatus status) {
    if (refusal != null || ahead == null || !ahead.endedOnTheWay(command)) {
      return refusal;
    }
    return ahead.failure(command, status);
  }
}

package dev.coffey.process;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.RunId;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.SignalNames;
import dev.coffey.process.linux.Signals;
import dev.coffey.process.linux.Signals.Outcome;
import java.time.Duration;

/// All processes of this daemon's services. A program has at most one of these open at a time, for
/// it waits for every child there is, and nothing else in the program may wait for any.
public final class Processes implements AutoCloseable {
  private final Registry registry = new Registry();
  private final Signals signals;
  private final Launcher launcher;
  private final Sweeper sweeper;
  private final Reaper reaper;
  private final ProcessListener listener;
  private final Thread launcherThread;
  private final Thread sweeperThread;

  /// Starts the threads; libc is bound on them, not here, and the first thing the launcher does is
  /// to make us the reaper of all descendants.
  public Processes(Libc libc, Mark mark, ProcessListener listener) {
    int pid = (int) ProcessHandle.current().pid();
    this.signals = new Signals(libc);
    this.listener = listener;
    this.launcher = new Launcher(libc, registry, mark, listener);
    Leftovers leftovers = new Leftovers(registry, mark, pid);
    this.sweeper = new Sweeper(registry, leftovers, new SafeSignals(libc), listener);
    this.reaper = new Reaper(libc, registry, this::ended);
    this.launcherThread = start("coffey-launcher", launcher);
    this.sweeperThread = start("coffey-sweeper", sweeper);
    Thread _ = start("coffey-reaper", reaper);
  }

  /// Makes a process, soon; the listener is told.
  public void launch(LaunchOrder order) {
    launcher.submit(order);
  }

  /// Asks the whole group of a run to end, and wakes those that were stopped, so that they can.
  /// Does nothing once the main process was reaped: what is left then is for [#sweep].
  public Outcome terminate(RunId run, int signal) {
    remember(run);
    return toGroup(run, signal);
  }

  /// Kills the group of a run at once, and after it everything else that belongs to the run.
  public void kill(RunId run) {
    remember(run);
    Outcome _ = toGroup(run, SignalNames.KILL);
    sweeper.kill(run);
  }

  /// Answers with `emptied` when nothing of an ended run is left. What is left is asked to end, and
  /// killed after the grace.
  public void sweep(RunId run, Duration grace) {
    sweeper.sweep(run, grace);
  }

  /// Sends a signal to the main process alone.
  public Outcome signal(RunId run, int signal) {
    return registry.whileUnreaped(run, pid -> signals.send(pid, signal)).orElse(Outcome.GONE);
  }

  /// Sends a signal to the whole group, such as STOP and CONT.
  public Outcome signalGroup(RunId run, int signal) {
    return registry.whileUnreaped(run, pid -> signals.sendGroup(pid, signal)).orElse(Outcome.GONE);
  }

  /// Lets go of all processes, which live on, and ends the threads.
  @Override
  public void close() {
    reaper.close();
    launcherThread.interrupt();
    sweeperThread.interrupt();
  }

  private Outcome toGroup(RunId run, int signal) {
    return registry
        .whileUnreaped(
            run,
            pid -> {
              Outcome outcome = signals.sendGroup(pid, signal);
              Outcome _ = signals.sendGroup(pid, SignalNames.CONT);
              return outcome;
            })
        .orElse(Outcome.GONE);
  }

  private void remember(RunId run) {
    registry
        .whileUnreaped(run, pid -> pid)
        .ifPresent(pid -> sweeper.remember(run, pid, Leftovers.below(pid)));
  }

  private void ended(Child child, ExitStatus status) {
    sweeper.ended(child);
    listener.ended(child.run(), status);
  }

  private static Thread start(String name, Runnable work) {
    return Thread.ofPlatform().name(name).daemon(true).start(work);
  }
}

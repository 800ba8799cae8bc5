package dev.coffey.process;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.RunId;
import dev.coffey.process.ProcessTable.Entry;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.SignalNames;
import dev.coffey.process.linux.Signals;
import dev.coffey.process.linux.Signals.Outcome;
import dev.coffey.spec.ExecSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All processes of this daemon's services. A program has at most one of these open at a time, for
/// it waits for every child there is, and nothing else in the program may wait for any.
public final class Processes implements AutoCloseable {
  private final Registry registry = new Registry();
  private final Signals signals;
  private final SafeSignals safeSignals;
  private final Leftovers leftovers;
  private final Optional<Cgroups> cgroups;
  private final Arrivals arrivals;
  private final Launcher launcher;
  private final Sweeper sweeper;
  private final Reaper reaper;
  private final ProcessListener listener;
  private final List<Thread> threads;

  /// Starts the threads; libc is bound on them, not here, and the first thing the launcher does is
  /// to make us the reaper of all descendants.
  public Processes(Libc libc, Mark mark, ProcessListener listener) {
    int pid = (int) ProcessHandle.current().pid();
    this.signals = new Signals(libc);
    this.safeSignals = new SafeSignals(libc);
    this.listener = listener;
    this.arrivals = new Arrivals(listener);
    this.cgroups = Cgroups.find(mark);
    this.launcher =
        new Launcher(libc, registry, new Launcher.News(listener, arrivals), mark, cgroups);
    this.leftovers = new Leftovers(libc, registry, mark, pid);
    this.sweeper = new Sweeper(libc, registry, leftovers, listener);
    this.reaper = new Reaper(libc, registry, this::ended);
    this.threads = new ArrayList<>();
    for (int number = 1; number <= Launcher.THREADS; number++) {
      threads.add(start("coffey-launcher" + number, launcher));
    }
    threads.add(start("coffey-arrivals", arrivals));
    threads.add(start("coffey-sweeper", this::runSweeper));
    Thread _ = start("coffey-reaper", reaper);
  }

  /// Makes a process, soon; the listener is told.
  public void launch(LaunchOrder order) {
    launcher.submit(order);
  }

  /// Asks a run to end: the whole group, and wakes those of it that were stopped, so that they can.
  /// What is left when the main process has ended is asked during [#sweep].
  public Outcome terminate(RunId run, String signal) {
    int number = number(signal);
    remember(run);
    Optional<Outcome> outcome = toGroup(run, number);
    sweeper.ask(run, number, outcome.isPresent());
    return outcome.orElse(Outcome.GONE);
  }

  /// Kills the group of a run, and after it everything else that belongs to the run. The caller
  /// does not wait for it, so that many are killed together.
  public void kill(RunId run) {
    Optional<Boolean> told = registry.whileUnreaped(run, sweeper::kill);
    if (told.isEmpty()) {
      sweeper.kill(run);
    }
  }

  /// Answers with `emptied` when nothing of an ended run is left. Kills nobody.
  public void sweep(RunId run) {
    sweeper.sweep(run);
  }

  /// Sends a signal to the main process alone.
  public Outcome signal(RunId run, String signal) {
    int number = number(signal);
    return registry
        .whileUnreaped(run, child -> safeSignals.sendToChild(child.pid(), number))
        .orElse(Outcome.GONE);
  }

  /// Sends a signal to the whole group, such as STOP and CONT.
  public Outcome signalGroup(RunId run, String signal) {
    int number = number(signal);
    return registry
        .whileUnreaped(run, child -> signals.sendGroup(child.pid(), number))
        .orElse(Outcome.GONE);
  }

  /// What of a service's configuration has no effect on this machine.
  public List<String> notices(ExecSpec exec) {
    return Cgroups.notices(cgroups, exec.resources().cgroup());
  }

  /// Lets go of all processes, which live on unless they were to be killed, and ends the threads.
  @Override
  public void close() {
    sweeper.executeDue();
    reaper.close();
    threads.forEach(Thread::interrupt);
    cgroups.ifPresent(Cgroups::close);
  }

  private Optional<Outcome> toGroup(RunId run, int signal) {
    return registry.whileUnreaped(
        run,
        child -> {
          Outcome outcome = signals.sendGroup(child.pid(), signal);
          Outcome _ = signals.sendGroup(child.pid(), SignalNames.CONT);
          return outcome;
        });
  }

  private static int number(String signal) {
    return SignalNames.number(signal)
        .orElseThrow(() -> new IllegalArgumentException("unknown signal '%s'".formatted(signal)));
  }

  private void remember(RunId run) {
    Optional<List<Entry>> below = registry.whileUnreaped(run, child -> child).map(leftovers::below);
    below.ifPresent(seen -> registry.whileUnreaped(run, child -> sweeper.remember(child, seen)));
  }

  private void ended(Child child, String command, ExitStatus status) {
    sweeper.ended(child);
    arrivals.forget(child);
    if (child.ended(command, explained(child.cgroup(), status), listener)) {
      sweeper.told(child.run());
    } else {
      sweeper.forget(child.run());
      child.cgroup().ifPresent(Sweeper::giveBack);
    }
  }

  /// A KILL in a group where the kernel has killed for want of memory is that kill.
  static ExitStatus explained(Optional<Cgroup> group, ExitStatus status) {
    boolean killed =
        status instanceof ExitStatus.Signaled(int signal, _, _) && signal == SignalNames.KILL;
    boolean outOfMemory = killed && group.map(Cgroup::memoryKills).orElse(0L) > 0;
    return outOfMemory ? new ExitStatus.OutOfMemory() : status;
  }

  /// Beside the first launches, which shall not wait for what others have left.
  private void runSweeper() {
    cgroups.ifPresent(Cgroups::removeStale);
    sweeper.run();
  }

  private static Thread start(String name, Runnable work) {
    return Thread.ofPlatform().name(name).daemon(true).start(work);
  }
}

package dev.coffey.process;

import dev.coffey.lifecycle.RunId;
import dev.coffey.process.ProcessTable.Entry;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.SignalNames;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Ends what runs leave behind, looking again and again until nothing is left.
final class Sweeper implements Runnable {
  private static final long LOOK_MILLIS_MIN = 4;
  private static final long LOOK_MILLIS_MAX = 100;
  private static final int NO_SIGNAL = 0;
  private static final Duration REFUSAL = Duration.ofSeconds(5);

  private static final System.Logger LOG = System.getLogger("coffey.process");

  private final Registry registry;
  private final Leftovers leftovers;
  private final SafeSignals signals;
  private final ProcessListener listener;
  private final CgroupWatch groups;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<RunId, Sweep> sweeps = new HashMap<>();
  private boolean news;
  private long lookedNanos = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS_MAX);

  Sweeper(Libc libc, Registry registry, Leftovers leftovers, ProcessListener listener) {
    this.registry = registry;
    this.leftovers = leftovers;
    this.signals = new SafeSignals(libc);
    this.listener = listener;
    this.groups = new CgroupWatch(libc, this::stir);
  }

  /// Remembers who lives below a main process that is about to be signalled.
  void remember(Child child, List<Entry> below) {
    lock.lock();
    try {
      sweepOf(child).remains = Remains.of(child, below);
    } finally {
      lock.unlock();
    }
  }

  /// The main process has ended.
  void ended(Child child) {
    lock.lock();
    try {
      Sweep sweep = sweepOf(child);
      sweep.remains = Remains.of(child, sweep.remains.seen());
      if (sweep.active()) {
        wake();
      }
    } finally {
      lock.unlock();
    }
  }

  /// The listener knows how the main process has ended; before, no answer may overtake that.
  void told(RunId run) {
    lock.lock();
    try {
      Sweep sweep = sweeps.get(run);
      if (sweep != null) {
        sweep.told = true;
        if (sweep.active()) {
          wake();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// Nobody will ask about this run.
  void forget(RunId run) {
    Optional<Sweep> forgotten;
    lock.lock();
    try {
      forgotten = Optional.ofNullable(sweeps.remove(run));
    } finally {
      lock.unlock();
    }
    forgotten.flatMap(sweep -> sweep.remains.cgroup()).ifPresent(groups::forget);
  }

  /// What is left, and not in a group that was asked already, is to be asked by this signal.
  void ask(RunId run, int signal, boolean groupWasAsked) {
    change(
        run,
        sweep -> {
          sweep.signal = signal;
          sweep.groupWasAsked |= groupWasAsked;
        });
  }

  /// Answers as soon as nothing is left.
  void sweep(RunId run) {
    if (!change(run, sweep -> sweep.answerWanted = true)) {
      listener.emptied(run);
    }
  }

  /// Kills what is left, from now on.
  void kill(RunId run) {
    change(run, sweep -> sweep.kill = true);
  }

  @Override
  public void run() {
    long waitMillis = LOOK_MILLIS_MIN;
    try {
      while (true) {
        waitMillis = awaitWork(waitMillis);
        lookSafely();
      }
    } catch (InterruptedException _) {
      LOG.log(Level.DEBUG, "the sweeper was told to end");
    } finally {
      groups.close();
    }
  }

  private void lookSafely() {
    try {
      look();
    } catch (RuntimeException failed) {
      LOG.log(Level.ERROR, "cannot sweep", failed);
    }
  }

  /// False when nothing is known of the run, so that nothing can be left of it.
  private boolean change(RunId run, Consumer<Sweep> change) {
    lock.lock();
    try {
      Sweep sweep = sweeps.get(run);
      if (sweep != null) {
        change.accept(sweep);
        wake();
      }
      return sweep != null;
    } finally {
      lock.unlock();
    }
  }

  private void stir() {
    lock.lock();
    try {
      wake();
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    news = true;
    changed.signalAll();
  }

  private Sweep sweepOf(Child child) {
    return sweeps.computeIfAbsent(child.run(), _ -> new Sweep(Remains.of(child, List.of())));
  }

  /// Returns the next wait, which doubles as long as nothing new is asked. Where much is asked, one
  /// look serves it all.
  private long awaitWork(long waitMillis) throws InterruptedException {
    lock.lock();
    try {
      while (!news && sweeps.values().stream().noneMatch(Sweep::active)) {
        changed.await();
      }
      long left = untilLook(waitMillis);
      while (left > 0) {
        long _ = changed.awaitNanos(left);
        left = untilLook(waitMillis);
      }
      boolean asked = news;
      news = false;
      lookedNanos = System.nanoTime();
      return asked ? LOOK_MILLIS_MIN : Math.min(2 * waitMillis, LOOK_MILLIS_MAX);
    } finally {
      lock.unlock();
    }
  }

  private long untilLook(long waitMillis) {
    long wait = news ? LOOK_MILLIS_MIN : waitMillis;
    return TimeUnit.MILLISECONDS.toNanos(wait) - (System.nanoTime() - lookedNanos);
  }

  private void look() {
    List<Sweep> active;
    List<Remains> ended;
    lock.lock();
    try {
      active = sweeps.values().stream().filter(Sweep::active).toList();
      ended = sweeps.values().stream().map(sweep -> sweep.remains).toList();
    } finally {
      lock.unlock();
    }
    if (active.isEmpty()) {
      return;
    }
    Map<RunId, List<Entry>> found = leftovers.find(ended);
    for (Sweep sweep : active) {
      treat(sweep, withMembers(found.getOrDefault(sweep.remains.run(), List.of()), sweep));
    }
  }

  private static List<Entry> withMembers(List<Entry> found, Sweep sweep) {
    if (sweep.remains.cgroup().isEmpty()) {
      return found;
    }
    Map<Integer, Entry> all = new HashMap<>();
    found.forEach(entry -> all.put(entry.pid(), entry));
    for (int pid : sweep.remains.cgroup().get().members()) {
      ProcessTable.entry(pid).filter(Entry::alive).ifPresent(entry -> all.put(pid, entry));
    }
    all.remove(sweep.remains.session());
    return List.copyOf(all.values());
  }

  private void treat(Sweep sweep, List<Entry> left) {
    RunId run = sweep.remains.run();
    boolean mainIsLeft = !sweep.told || registry.whileUnreaped(run, _ -> true).orElse(false);
    Optional<Cgroup> held = sweep.remains.cgroup().filter(Cgroup::populated);
    held.ifPresent(groups::watch);
    if (left.isEmpty() && !mainIsLeft && held.isEmpty()) {
      finish(sweep);
    } else if (sweep.kill) {
      kill(sweep.remains, left);
      complain(sweep, Math.max(1, left.size() + (mainIsLeft ? 1 : 0)));
    } else if (!mainIsLeft && sweep.signal != NO_SIGNAL) {
      left.stream().filter(sweep::mayAsk).forEach(entry -> askToEnd(entry, sweep.signal));
    }
  }

  /// All at once where that is possible, so that forking does not help.
  private void kill(Remains remains, List<Entry> left) {
    if (remains.cgroup().filter(Cgroup::kill).isPresent()) {
      return;
    }
    left.stream()
        .filter(entry -> entry.group() == remains.session())
        .findFirst()
        .ifPresent(entry -> signals.killGroupOf(entry));
    left.forEach(entry -> signals.send(entry, SignalNames.KILL));
  }

  private void complain(Sweep sweep, int processes) {
    long now = System.nanoTime();
    long since = sweep.killedAtNanos.orElse(now);
    sweep.killedAtNanos = OptionalLong.of(since);
    if (now - since > REFUSAL.toNanos() && !sweep.complained) {
      sweep.complained = true;
      listener.refusedToDie(sweep.remains.run(), processes);
    }
  }

  private void askToEnd(Entry entry, int signal) {
    signals.send(entry, signal);
    signals.send(entry, SignalNames.CONT);
  }

  /// A run that was killed but not asked about is kept, for the question will come.
  private void finish(Sweep sweep) {
    RunId run = sweep.remains.run();
    boolean answer;
    lock.lock();
    try {
      answer = sweep.answerWanted;
      sweep.kill = false;
      if (answer) {
        sweeps.remove(run);
      }
    } finally {
      lock.unlock();
    }
    sweep.remains.cgroup().ifPresent(groups::forget);
    if (answer) {
      sweep.remains.cgroup().ifPresent(Sweeper::giveBack);
      listener.emptied(run);
    }
  }

  static void giveBack(Cgroup cgroup) {
    try {
      cgroup.remove();
    } catch (IOException refused) {
      LOG.log(Level.WARNING, "cannot remove {0}: {1}", cgroup.directory(), refused.getMessage());
    }
  }

  /// One run's way to nothing left; changed under the lock, or by the sweeper's thread alone.
  private static final class Sweep {
    private final Set<Integer> asked = new HashSet<>();
    private Remains remains;
    private boolean answerWanted;
    private boolean kill;
    private int signal = NO_SIGNAL;
    private boolean groupWasAsked;
    private OptionalLong killedAtNanos = OptionalLong.empty();
    private boolean complained;
    private volatile boolean told;

    Sweep(Remains remains) {
      this.remains = remains;
    }

    boolean active() {
      return answerWanted || kill;
    }

    boolean mayAsk(Entry entry) {
      return !(groupWasAsked && entry.group() == remains.session()) && asked.add(entry.pid());
    }
  }
}

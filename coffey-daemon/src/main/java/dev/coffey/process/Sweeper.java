package dev.coffey.process;

import dev.coffey.lifecycle.RunId;
import dev.coffey.process.ProcessTable.Entry;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.Signals.Outcome;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Ends what runs leave behind, looking again and again until nothing is left.
final class Sweeper implements Runnable {
  private static final long LOOK_MILLIS_MIN = 4;
  private static final long LOOK_MILLIS_MAX = 100;

  /// So many are killed before the reaper has its turn.
  private static final int TOGETHER_MAX = 64;

  private static final Duration REFUSAL = Duration.ofSeconds(5);

  private static final System.Logger LOG = System.getLogger("coffey.process");

  private final Registry registry;
  private final Leftovers leftovers;
  private final Blows blows;
  private final ProcessListener listener;
  private final CgroupWatch groups;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<RunId, Sweep> sweeps = new HashMap<>();

  /// Main processes that are to be killed, in the order in which that was asked.
  private final Map<RunId, Child> condemned = new LinkedHashMap<>();

  private boolean news;
  private long lookedNanos = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS_MAX);

  Sweeper(Libc libc, Registry registry, Leftovers leftovers, ProcessListener listener) {
    this.registry = registry;
    this.leftovers = leftovers;
    this.blows = new Blows(libc);
    this.listener = listener;
    this.groups = new CgroupWatch(libc, this::stir);
  }

  /// Remembers who lives below a main process that is about to be signalled, and cannot be reaped
  /// meanwhile.
  boolean remember(Child child, List<Entry> below) {
    lock.lock();
    try {
      sweepOf(child).remains = Remains.of(child, below);
      return true;
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

  /// Kills a run whose main process lives: its group soon, and from now on what is left.
  boolean kill(Child child) {
    lock.lock();
    try {
      sweepOf(child).kill = true;
      if (condemned.put(child.run(), child) == null && condemned.size() == 1) {
        news = true;
        changed.signalAll();
      }
      return true;
    } finally {
      lock.unlock();
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
        workSafely();
      }
    } catch (InterruptedException _) {
      LOG.log(Level.DEBUG, "the sweeper was told to end");
    } finally {
      groups.close();
    }
  }

  private void workSafely() {
    try {
      if (condemned() > 0) {
        executeDue();
      } else {
        look();
      }
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

  private int condemned() {
    lock.lock();
    try {
      return condemned.size();
    } finally {
      lock.unlock();
    }
  }

  private List<Child> takeCondemned() {
    lock.lock();
    try {
      List<Child> due = List.copyOf(condemned.values());
      condemned.clear();
      return due;
    } finally {
      lock.unlock();
    }
  }

  /// Kills those who are to be killed by now: a long look does not hold it up, nor our end. Who
  /// lives below them is looked at before; for many once for all, also for those who are named
  /// during that look.
  void executeDue() {
    Optional<Leftovers.Table> table = leftovers.tableFor(this::condemned);
    List<Child> due = takeCondemned();
    for (int from = 0; from < due.size(); from += TOGETHER_MAX) {
      execute(due.subList(from, Math.min(due.size(), from + TOGETHER_MAX)), table);
    }
  }

  private void execute(List<Child> due, Optional<Leftovers.Table> table) {
    Map<Integer, List<Entry>> below = new HashMap<>();
    for (Child child : due) {
      List<Entry> seen = leftovers.below(child, table);
      if (!seen.isEmpty()) {
        below.put(child.pid(), seen);
      }
    }
    registry.whileUnreaped(due, main -> execute(main, below.getOrDefault(main.pid(), List.of())));
  }

  private void execute(Child main, List<Entry> below) {
    if (!below.isEmpty()) {
      boolean _ = remember(main, below);
    }
    Outcome _ = blows.killGroup(main);
  }

  private void stir() {
    lock.lock();
    try {
      wake();
    } finally {
      lock.unlock();
    }
  }

  /// Once for all news until the next look, whose time is fixed then.
  private void wake() {
    if (!news) {
      news = true;
      changed.signalAll();
    }
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
      while (left > 0 && condemned.isEmpty()) {
        long _ = changed.awaitNanos(left);
        left = untilLook(waitMillis);
      }
      if (!condemned.isEmpty()) {
        return LOOK_MILLIS_MIN;
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

  /// Who was told to have ended before has left its orphans to us by now. Where we have none,
  /// nobody is left of anybody.
  private void look() {
    List<Sweep> active = active();
    Map<RunId, List<Entry>> found =
        leftovers.orphans().isEmpty() ? Map.of() : leftovers.find(remains(), this::executeDue);
    for (Sweep sweep : active) {
      treat(
          sweep,
          Blows.withMembers(found.getOrDefault(sweep.remains.run(), List.of()), sweep.remains));
    }
  }

  private List<Sweep> active() {
    lock.lock();
    try {
      List<Sweep> active = new ArrayList<>();
      for (Sweep sweep : sweeps.values()) {
        if (sweep.active()) {
          sweep.endedBeforeLook = sweep.told;
          active.add(sweep);
        }
      }
      return active;
    } finally {
      lock.unlock();
    }
  }

  private List<Remains> remains() {
    lock.lock();
    try {
      return sweeps.values().stream().map(sweep -> sweep.remains).toList();
    } finally {
      lock.unlock();
    }
  }

  private void treat(Sweep sweep, List<Entry> left) {
    Optional<Cgroup> held = sweep.remains.cgroup().filter(Cgroup::populated);
    held.ifPresent(groups::watch);
    if (left.isEmpty() && sweep.endedBeforeLook && held.isEmpty()) {
      finish(sweep);
    } else if (sweep.kill) {
      blows.kill(sweep.remains, left);
      complain(sweep, Math.max(1, left.size() + (sweep.endedBeforeLook ? 0 : 1)));
    } else if (sweep.endedBeforeLook && sweep.signal != Sweep.NO_SIGNAL) {
      left.stream().filter(sweep::mayAsk).forEach(entry -> blows.ask(entry, sweep.signal));
    }
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
}

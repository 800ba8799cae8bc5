package dev.coffey.process;

import dev.coffey.lifecycle.RunId;
import dev.coffey.process.ProcessTable.Entry;
import dev.coffey.process.linux.SignalNames;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Ends what runs leave behind, looking again and again until nothing is left.
final class Sweeper implements Runnable {
  private static final long LOOK_MILLIS_MIN = 1;
  private static final long LOOK_MILLIS_MAX = 100;
  private static final Duration REFUSAL = Duration.ofSeconds(5);

  private static final System.Logger LOG = System.getLogger("coffey.process");

  private final Registry registry;
  private final Leftovers leftovers;
  private final SafeSignals signals;
  private final ProcessListener listener;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<RunId, Sweep> sweeps = new HashMap<>();
  private boolean news;

  Sweeper(Registry registry, Leftovers leftovers, SafeSignals signals, ProcessListener listener) {
    this.registry = registry;
    this.leftovers = leftovers;
    this.signals = signals;
    this.listener = listener;
  }

  /// One run's way to nothing left.
  private static final class Sweep {
    Remains remains;
    final Set<Integer> asked = new HashSet<>();
    boolean answerWanted;
    boolean reported;
    Optional<Long> killAtNanos = Optional.empty();
    Optional<Long> killedAtNanos = Optional.empty();

    Sweep(Remains remains) {
      this.remains = remains;
    }

    boolean active() {
      return answerWanted || killAtNanos.isPresent();
    }

    boolean killDue(long nowNanos) {
      return killAtNanos.isPresent() && nowNanos - killAtNanos.get() >= 0;
    }
  }

  /// Remembers who lives below a main process that is about to be asked to end.
  void remember(RunId run, int pid, List<Entry> below) {
    lock.lock();
    try {
      sweepOf(run, pid).remains = new Remains(run, pid, below);
    } finally {
      lock.unlock();
    }
  }

  /// The main process has ended.
  void ended(Child child) {
    lock.lock();
    try {
      sweepOf(child.run(), child.pid());
      news = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Answers when nothing is left; what is left is asked to end, and killed after the grace.
  void sweep(RunId run, Duration grace) {
    want(run, System.nanoTime() + grace.toNanos(), true);
  }

  /// Kills what is left as soon as the main process has ended.
  void kill(RunId run) {
    want(run, System.nanoTime(), false);
  }

  @Override
  public void run() {
    long waitMillis = LOOK_MILLIS_MIN;
    try {
      while (true) {
        waitMillis = awaitWork(waitMillis);
        look();
      }
    } catch (InterruptedException _) {
      LOG.log(Level.DEBUG, "the sweeper was told to end");
    } catch (RuntimeException failed) {
      LOG.log(Level.ERROR, "cannot sweep any more", failed);
    }
  }

  private void want(RunId run, long killAtNanos, boolean answer) {
    lock.lock();
    try {
      Sweep sweep = sweeps.get(run);
      if (sweep == null) {
        if (answer) {
          listener.emptied(run);
        }
        return;
      }
      sweep.answerWanted |= answer;
      boolean sooner = sweep.killAtNanos.map(known -> known - killAtNanos > 0).orElse(true);
      if (sooner) {
        sweep.killAtNanos = Optional.of(killAtNanos);
      }
      news = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Sweep sweepOf(RunId run, int pid) {
    return sweeps.computeIfAbsent(run, _ -> new Sweep(new Remains(run, pid, List.of())));
  }

  /// Returns the next wait, which doubles as long as nothing new is asked.
  private long awaitWork(long waitMillis) throws InterruptedException {
    lock.lock();
    try {
      while (!news && sweeps.values().stream().noneMatch(Sweep::active)) {
        changed.await();
      }
      long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
      while (!news && left > 0) {
        left = changed.awaitNanos(left);
      }
      boolean asked = news;
      news = false;
      return asked ? LOOK_MILLIS_MIN : Math.min(2 * waitMillis, LOOK_MILLIS_MAX);
    } finally {
      lock.unlock();
    }
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
      treat(sweep, found.getOrDefault(sweep.remains.run(), List.of()));
    }
  }

  private void treat(Sweep sweep, List<Entry> left) {
    RunId run = sweep.remains.run();
    boolean mainIsLeft = registry.whileUnreaped(run, _ -> true).orElse(false);
    long now = System.nanoTime();
    if (left.isEmpty() && !mainIsLeft) {
      finish(sweep);
      return;
    }
    if (sweep.killDue(now)) {
      left.forEach(entry -> signals.send(entry, SignalNames.KILL));
      long since = sweep.killedAtNanos.orElse(now);
      sweep.killedAtNanos = Optional.of(since);
      if (now - since > REFUSAL.toNanos() && !sweep.reported) {
        sweep.reported = true;
        listener.refusedToDie(run, left.size() + (mainIsLeft ? 1 : 0));
      }
    } else {
      left.stream().filter(entry -> sweep.asked.add(entry.pid())).forEach(this::ask);
    }
  }

  private void ask(Entry entry) {
    signals.send(entry, SignalNames.TERM);
    signals.send(entry, SignalNames.CONT);
  }

  /// A run that was killed but not asked about is kept, for the question will come.
  private void finish(Sweep sweep) {
    RunId run = sweep.remains.run();
    boolean answer;
    lock.lock();
    try {
      answer = sweep.answerWanted;
      sweep.killAtNanos = Optional.empty();
      if (answer) {
        sweeps.remove(run);
      }
    } finally {
      lock.unlock();
    }
    if (answer) {
      listener.emptied(run);
    }
  }
}

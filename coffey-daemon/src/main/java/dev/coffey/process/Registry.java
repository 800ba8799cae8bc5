package dev.coffey.process;

import dev.coffey.lifecycle.RunId;
import dev.coffey.process.linux.Children.End;
import dev.coffey.process.linux.LinuxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntPredicate;

/// Which process is which run's. Signalling and reaping exclude each other here, so that no signal
/// is ever sent to a number that was given away again.
final class Registry {
  /// How long the reaper lets a spawn in flight say whose a new process is; longer, and exec hangs,
  /// so that what has ended is a stranger.
  private static final long FLIGHT_MILLIS_MAX = 1000;

  private static final int NOBODY = 0;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Integer, Child> byPid = new HashMap<>();
  private final Map<RunId, Child> byRun = new HashMap<>();

  /// Taken for strangers while a spawn was in flight; the spawn may yet claim one.
  private final Map<Integer, End> unclaimed = new HashMap<>();

  private boolean inFlight;
  private long flights;
  private int landing = NOBODY;

  /// A spawn begins: a process that nobody knows may be the new one.
  void takeOff() {
    lock.lock();
    try {
      inFlight = true;
      flights++;
    } finally {
      lock.unlock();
    }
  }

  /// The spawn has made this process. Tells how it ended, if it was reaped already.
  Optional<End> add(Child child) {
    lock.lock();
    try {
      End ended = unclaimed.remove(child.pid());
      if (ended == null) {
        byPid.put(child.pid(), child);
        byRun.put(child.run(), child);
        landing = child.pid();
      }
      return Optional.ofNullable(ended);
    } finally {
      lock.unlock();
    }
  }

  /// The spawn is over and reported.
  void land() {
    lock.lock();
    try {
      inFlight = false;
      landing = NOBODY;
      unclaimed.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there may be children again.
  void awaitChild(long millis) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (byPid.isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Waits, if this may be the process of a spawn in flight, until that is over and reported.
  void settle(int pid) throws InterruptedException {
    lock.lock();
    try {
      long flight = flights;
      long left = TimeUnit.MILLISECONDS.toNanos(FLIGHT_MILLIS_MAX);
      boolean open = !byPid.containsKey(pid) || landing == pid;
      while (open && inFlight && flight == flights && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Reaps a process that has ended, and forgets it before anybody can signal its number. Tells
  /// whose it was; empty for a stranger, and where somebody else has taken the status.
  Optional<Ended> reap(int pid, Reaping reaping) throws LinuxException {
    lock.lock();
    try {
      Optional<End> taken = reaping.reap(pid);
      if (taken.isEmpty()) {
        return Optional.empty();
      }
      End end = taken.get();
      Child child = byPid.remove(pid);
      if (child == null) {
        if (inFlight) {
          unclaimed.put(pid, end);
        }
        return Optional.empty();
      }
      byRun.remove(child.run());
      return Optional.of(new Ended(child, end));
    } finally {
      lock.unlock();
    }
  }

  /// Forgets the main processes whose status somebody else has taken.
  List<Child> forgetLost(IntPredicate isOurs) {
    lock.lock();
    try {
      List<Child> lost =
          byPid.values().stream().filter(child -> !isOurs.test(child.pid())).toList();
      lost.forEach(child -> byPid.remove(child.pid()));
      lost.forEach(child -> byRun.remove(child.run()));
      return lost;
    } finally {
      lock.unlock();
    }
  }

  /// Does something to a run's main process while it cannot be reaped; empty when it was.
  <T> Optional<T> whileUnreaped(RunId run, Function<Child, T> deed) {
    lock.lock();
    try {
      return Optional.ofNullable(byRun.get(run)).map(deed);
    } finally {
      lock.unlock();
    }
  }

  /// Leaves those numbers that are no main process's.
  void removeMains(Set<Integer> pids) {
    lock.lock();
    try {
      pids.removeAll(byPid.keySet());
    } finally {
      lock.unlock();
    }
  }

  /// How many main processes there are.
  int size() {
    lock.lock();
    try {
      return byPid.size();
    } finally {
      lock.unlock();
    }
  }

  /// Whose main process this is; empty for a stranger.
  Optional<Child> find(int pid) {
    lock.lock();
    try {
      return Optional.ofNullable(byPid.get(pid));
    } finally {
      lock.unlock();
    }
  }

  /// A main process and how it ended.
  record Ended(Child child, End end) {}

  /// Takes the status of an ended process.
  @FunctionalInterface
  interface Reaping {
    Optional<End> reap(int pid) throws LinuxException;
  }
}

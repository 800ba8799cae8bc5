package dev.coffey.process;

import dev.coffey.lifecycle.RunId;
import dev.coffey.process.linux.Children.End;
import dev.coffey.process.linux.LinuxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;

/// Which process is which run's. Signalling and reaping exclude each other here, so that no signal
/// is ever sent to a number that was given away again.
///
/// A spawn tells the number of its process only when it is over, and the process may have ended by
/// then. So spawns in flight are known here, and the reaper lets them land before it takes somebody
/// for a stranger.
final class Registry {
  /// How long the reaper lets spawns in flight say whose a new process is; longer, and exec hangs,
  /// so that what has ended is a stranger.
  private static final Duration FLIGHT_MAX = Duration.ofSeconds(1);

  private static final int NOBODY = 0;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Integer, Child> byPid = new HashMap<>();
  private final Map<RunId, Child> byRun = new HashMap<>();

  /// Taken for strangers while spawns were in flight; one of these may yet claim one.
  private final Map<Integer, Unclaimed> unclaimed = new HashMap<>();

  /// As many as there are threads that spawn.
  private final List<Flight> inFlight = new ArrayList<>();

  private final Duration flightMax;
  private long flights;

  Registry() {
    this(FLIGHT_MAX);
  }

  Registry(Duration flightMax) {
    this.flightMax = flightMax;
  }

  /// A spawn on its way, from before the process exists until its news is told.
  static final class Flight {
    private final long number;
    private int pid = NOBODY;

    private Flight(long number) {
      this.number = number;
    }
  }

  /// @param last the number of the last spawn that had begun; no later one can have made it
  private record Unclaimed(End end, long last) {}

  /// A spawn begins: a process that nobody knows may be the new one.
  Flight takeOff() {
    lock.lock();
    try {
      Flight flight = new Flight(++flights);
      inFlight.add(flight);
      return flight;
    } finally {
      lock.unlock();
    }
  }

  /// The spawn has made this process. Tells how it ended, if it was reaped already.
  Optional<End> add(Flight flight, Child child) {
    lock.lock();
    try {
      Unclaimed reaped = unclaimed.get(child.pid());
      if (reaped != null && flight.number <= reaped.last) {
        unclaimed.remove(child.pid());
        return Optional.of(reaped.end);
      }
      byPid.put(child.pid(), child);
      byRun.put(child.run(), child);
      flight.pid = child.pid();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /// The spawn is over and reported.
  void land(Flight flight) {
    lock.lock();
    try {
      inFlight.remove(flight);
      if (!unclaimed.isEmpty()) {
        unclaimed.values().removeIf(reaped -> !mayBeInFlight(reaped.last));
      }
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
      long last = flights;
      long left = flightMax.toNanos();
      while (left > 0 && (byPid.containsKey(pid) ? isLanding(pid) : mayBeInFlight(last))) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isLanding(int pid) {
    for (Flight flight : inFlight) {
      if (flight.pid == pid) {
        return true;
      }
    }
    return false;
  }

  /// Whether a spawn is in flight that had begun when this was the last one.
  private boolean mayBeInFlight(long last) {
    for (Flight flight : inFlight) {
      if (flight.number <= last) {
        return true;
      }
    }
    return false;
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
        if (!inFlight.isEmpty()) {
          unclaimed.put(pid, new Unclaimed(end, flights));
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

  /// Does something to those of them that were not reaped, while none can be.
  void whileUnreaped(List<Child> children, Consumer<Child> deed) {
    lock.lock();
    try {
      for (Child child : children) {
        if (byRun.containsKey(child.run())) {
          deed.accept(child);
        }
      }
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

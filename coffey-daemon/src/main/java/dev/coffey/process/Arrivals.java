package dev.coffey.process;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Watches the processes that go through helpers until they are the service they were launched for.
final class Arrivals implements Runnable {
  private static final long LOOK_MICROS_MIN = 500;
  private static final long LOOK_MICROS_MAX = 50_000;

  private static final System.Logger LOG = System.getLogger("coffey.process");

  private final ProcessListener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Child> travelling = new ArrayList<>();
  private long waitMicros = LOOK_MICROS_MIN;

  Arrivals(ProcessListener listener) {
    this.listener = listener;
  }

  void watch(Child child) {
    lock.lock();
    try {
      travelling.add(child);
      waitMicros = LOOK_MICROS_MIN;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// It has ended, arrived or not.
  void forget(Child child) {
    lock.lock();
    try {
      travelling.remove(child);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void run() {
    try {
      while (true) {
        await().forEach(this::look);
        dropArrived();
      }
    } catch (InterruptedException _) {
      LOG.log(Level.DEBUG, "the watch for arrivals was told to end");
    }
  }

  private void look(Child child) {
    try {
      child.arrived(arguments(child.pid()), listener);
    } catch (RuntimeException failed) {
      LOG.log(Level.ERROR, "cannot tell of an arrival", failed);
    }
  }

  private List<Child> await() throws InterruptedException {
    lock.lock();
    try {
      while (travelling.isEmpty()) {
        changed.await();
      }
      long left = TimeUnit.MICROSECONDS.toNanos(waitMicros);
      while (left > 0) {
        left = changed.awaitNanos(left);
      }
      waitMicros = Math.min(2 * waitMicros, LOOK_MICROS_MAX);
      return List.copyOf(travelling);
    } finally {
      lock.unlock();
    }
  }

  private void dropArrived() {
    lock.lock();
    try {
      travelling.removeIf(Child::arrived);
    } finally {
      lock.unlock();
    }
  }

  private static byte[] arguments(int pid) {
    try {
      return Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline"));
    } catch (IOException gone) {
      return new byte[0];
    }
  }
}

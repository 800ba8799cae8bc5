package dev.coffey.logs;

import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.Epoll;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.LinuxException;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The one thread that empties all pipes: reads what is there, writes whole lines to their logs,
/// and lets a moment pass while little comes, so that a round has more to carry.
final class Pump implements Runnable {
  private static final System.Logger LOG = System.getLogger("coffey.logs");
  private static final int EVENTS_MAX = 512;
  private static final int ORDERS_MAX = 1 << 16;
  private static final int LET_GO_SECONDS_MAX = 10;
  private static final int FORGET_SECONDS_MAX = 2;

  private final BlockingQueue<Runnable> orders = new LinkedBlockingQueue<>(ORDERS_MAX);
  private final Object gate = new Object();
  private final Epoll epoll;
  private final Descriptors descriptors;
  private final RunBook book = new RunBook();
  private final Intake intake;
  private final Upkeep upkeep;
  private final Followers followers;
  private final Pace pace = new Pace();
  private boolean over;
  private boolean closed;

  Pump(Libc libc, InstantSource clock, Followers followers, Upkeep upkeep) throws LinuxException {
    this.epoll = new Epoll(libc, EVENTS_MAX);
    this.descriptors = new Descriptors(libc);
    this.intake = new Intake(libc, epoll, book, followers, clock);
    this.upkeep = upkeep;
    this.followers = followers;
  }

  /// Does something on the pump's thread, soon.
  void perform(Runnable order) {
    synchronized (gate) {
      if (!closed) {
        orders.add(order);
        epoll.wake();
        pace.interrupt();
      }
    }
  }

  /// Keeps a log together with the others within their budget.
  void know(ServiceLog log) {
    perform(() -> book.add(log));
  }

  /// Forgets those of these logs that nothing is written to, and says which they are; none, when it
  /// cannot see to that soon.
  List<ServiceLog> forget(List<ServiceLog> logs) {
    if (logs.isEmpty()) {
      return List.of();
    }
    CompletableFuture<List<ServiceLog>> forgotten = new CompletableFuture<>();
    perform(() -> {
      List<ServiceLog> idle = logs.stream().filter(ServiceLog::isIdle).toList();
      if (forgotten.complete(idle)) {
        idle.forEach(book::remove);
      }
    });
    return forgotten.completeOnTimeout(List.of(), FORGET_SECONDS_MAX, TimeUnit.SECONDS).join();
  }

  /// Looks after all files at once.
  void hurry() {
    perform(() -> {
      upkeep.hurry();
      book.dueAt(System.nanoTime());
    });
  }

  /// Begins to read a run; its start has to be marked unless the log knows it.
  void begin(RunLog run, List<OutputPipe> pipes, String marker) {
    perform(() -> intake.begin(run, pipes, marker));
  }

  /// The run's process is gone.
  void ended(RunLog run, String status) {
    perform(() -> intake.ended(run, status));
  }

  /// Ends the thread after everything that can be read now has been written.
  void end() {
    perform(() -> over = true);
  }

  @Override
  public void run() {
    pace.begin();
    try {
      while (!over) {
        round();
      }
      for (OutputPipe pipe : letGo()) {
        descriptors.close(pipe.fd);
      }
    } catch (LinuxException | RuntimeException e) {
      LOG.log(Level.ERROR, "cannot capture output any more", e);
    } finally {
      close();
    }
  }

  /// Without its own descriptors nobody can wake it any more: their numbers may be others' by then.
  private void close() {
    synchronized (gate) {
      closed = true;
      epoll.close();
    }
    intake.close();
  }

  private void round() throws LinuxException {
    int count = epoll.await(timeoutMillis());
    long nanos = System.nanoTime();
    for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
      order.run();
    }
    int fullest = 0;
    for (int i = 0; i < count; i++) {
      OutputPipe pipe = book.pipe((int) epoll.dataOf(i));
      if (pipe != null && pipe.isWatched()) {
        int bytes = intake.drain(pipe, nanos);
        upkeep.written(bytes);
        fullest = Math.max(fullest, pipe.fill(bytes));
      }
    }
    if (book.isDue(nanos)) {
      lookAround(nanos);
    }
    upkeep.keepBudget(book.logs());
    followers.wake();
    if (count > 0 && !over) {
      pace.pause(fullest);
    }
  }

  private int timeoutMillis() {
    long millis = (book.dueNanos() - System.nanoTime() + 999_999) / 1_000_000;
    return Math.clamp(millis, 0, 60_000);
  }

  /// Retries, line starts that wait too long, runs that have been drained long enough, old logs.
  private void lookAround(long nanos) {
    book.looked(nanos);
    for (ServiceLog log : book.logs()) {
      intake.retry(log, nanos);
    }
    upkeep.lookAfter(book.logs(), intake.micros(), nanos);
    for (OutputPipe pipe : book.pipes()) {
      intake.flushOld(pipe, nanos);
      intake.rearm(pipe);
    }
    for (RunLog run : book.drained(nanos)) {
      intake.giveUp(run, nanos);
    }
  }

  /// Takes what all pipes hold and leaves them open, unread. For other threads.
  List<OutputPipe> letGoOfAll() {
    CompletableFuture<List<OutputPipe>> open = new CompletableFuture<>();
    perform(() -> open.complete(letGo()));
    return open.orTimeout(LET_GO_SECONDS_MAX, TimeUnit.SECONDS).join();
  }

  private List<OutputPipe> letGo() {
    long nanos = System.nanoTime();
    List<OutputPipe> open = new ArrayList<>();
    for (RunLog run : book.runs()) {
      open.addAll(intake.letGo(run, nanos));
      book.remove(run);
    }
    followers.wake();
    return open;
  }
}

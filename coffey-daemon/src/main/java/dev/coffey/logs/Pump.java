package dev.coffey.logs;

import dev.coffey.logs.segments.Block;
import dev.coffey.logs.segments.Markers;
import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.Epoll;
import dev.coffey.process.linux.Errno;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.LinuxException;
import dev.coffey.process.linux.NativeBuffer;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// The one thread that empties all pipes: reads what is there, writes whole lines to their logs,
/// and lets a moment pass while little comes, so that a round has more to carry.
final class Pump implements Runnable {
  static final int READ_BYTES = 64 << 10;

  private static final System.Logger LOG = System.getLogger("coffey.logs");
  private static final int EVENTS_MAX = 512;

  /// More than a pipe holds; a writer that goes on meanwhile is left to itself.
  private static final int READS_MAX = 16;

  private static final int ORDERS_MAX = 1 << 16;

  private final BlockingQueue<Runnable> orders = new LinkedBlockingQueue<>(ORDERS_MAX);
  private final Epoll epoll;
  private final Descriptors descriptors;
  private final NativeBuffer input = NativeBuffer.shared(READ_BYTES);
  private final byte[] bytes = new byte[READ_BYTES];
  private final Block block = new Block();
  private final InstantSource clock;
  private final Followers followers;
  private final Pace pace = new Pace();
  private final RunBook book = new RunBook();
  private final Object gate = new Object();
  private boolean over;
  private boolean closed;

  Pump(Libc libc, InstantSource clock, Followers followers) throws LinuxException {
    this.epoll = new Epoll(libc, EVENTS_MAX);
    this.descriptors = new Descriptors(libc);
    this.clock = clock;
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
      book.logs().forEach(this::finishAll);
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
    book.pipes().forEach(pipe -> descriptors.close(pipe.fd));
    input.close();
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
        fullest = Math.max(fullest, read(pipe, nanos));
      }
    }
    if (book.isDue(nanos)) {
      lookAfter(nanos);
    }
    followers.wake();
    if (count > 0 && !over) {
      pace.pause(fullest);
    }
  }

  private int timeoutMillis() {
    long millis = (book.dueNanos() - System.nanoTime() + 999_999) / 1_000_000;
    return Math.clamp(millis, 0, 60_000);
  }

  /// Reads once; how many bytes came.
  private int read(OutputPipe pipe, long nanos) {
    long count = descriptors.read(pipe.fd, input, 0, READ_BYTES);
    if (count == -Errno.EAGAIN) {
      return 0;
    }
    if (count <= 0) {
      if (count < 0) {
        LOG.log(
            Level.WARNING,
            "{0}: cannot read its output: {1}",
            pipe.run.log.store().service(),
            Errno.text((int) -count));
      }
      closePipe(pipe, nanos);
      return 0;
    }
    input.copyOut(0, bytes, 0, (int) count);
    long micros = micros();
    pipe.splitter.late(pipe.run.log.lateRun(pipe.run));
    pipe.splitter.feed(bytes, (int) count, micros, block);
    pipe.fed(nanos);
    if (pipe.splitter.carriedBytes() > 0) {
      book.carries(nanos);
    }
    write(pipe.run.log, micros, nanos);
    return (int) count;
  }

  private void write(ServiceLog log, long micros, long nanos) {
    if (!block.isEmpty()) {
      log.written.append(block, micros, nanos);
      block.clear();
      followers.news(log);
      settle(log);
    }
  }

  /// Stops reading a service whose log is stuck, and goes on with one that is not any more.
  private void settle(ServiceLog log) {
    if (log.troubleChanged()) {
      String cause = log.written.cause();
      LOG.log(
          cause.isEmpty() ? Level.INFO : Level.WARNING,
          "{0}: {1}",
          log.store().service(),
          cause.isEmpty()
              ? "its log can be written again"
              : "cannot write its log (%s): %s"
                  .formatted(
                      cause, log.written.isBlocked() ? "it has to wait" : "lines may be lost"));
    }
    if (log.written.isWaiting()) {
      book.dueAt(log.written.retryAtNanos());
    }
    boolean pause = log.written.isBlocked();
    if (pause != log.isPaused()) {
      log.paused(pause);
      for (RunLog run : log.runs()) {
        run.pipes().forEach(pipe -> watch(pipe, !pause));
      }
    }
  }

  private void watch(OutputPipe pipe, boolean wanted) {
    if (!pipe.isOpen() || pipe.isWatched() == wanted) {
      return;
    }
    try {
      if (wanted) {
        epoll.add(pipe.fd, Epoll.IN, pipe.fd);
      } else {
        epoll.remove(pipe.fd);
      }
      pipe.watched(wanted);
    } catch (LinuxException e) {
      LOG.log(Level.WARNING, "cannot watch a pipe: {0}", e.getMessage());
    }
  }

  /// Retries, line starts that wait too long, runs that have been drained long enough.
  private void lookAfter(long nanos) {
    book.looked(nanos);
    for (ServiceLog log : book.logs()) {
      if (log.written.isWaiting() && log.written.retryAtNanos() - nanos <= 0) {
        log.written.retry(micros(), nanos);
        followers.news(log);
      }
      settle(log);
    }
    for (OutputPipe pipe : book.pipes()) {
      if (pipe.waitsSince(nanos - RunBook.CARRY_NANOS_MAX)) {
        flush(pipe, nanos);
      } else if (pipe.splitter.carriedBytes() > 0) {
        book.carries(nanos);
      }
    }
    for (RunLog run : book.drained(nanos)) {
      List.copyOf(run.pipes()).forEach(pipe -> drain(pipe, nanos));
      finish(run, nanos);
    }
  }

  private void flush(OutputPipe pipe, long nanos) {
    long micros = micros();
    pipe.splitter.flush(micros, block);
    pipe.fed(nanos);
    write(pipe.run.log, micros, nanos);
  }

  private void closePipe(OutputPipe pipe, long nanos) {
    if (!pipe.isOpen()) {
      return;
    }
    flush(pipe, nanos);
    watch(pipe, false);
    book.remove(pipe);
    pipe.closed();
    descriptors.close(pipe.fd);
    finish(pipe.run, nanos);
  }

  /// Takes what one pipe can hold and gives it up.
  private void drain(OutputPipe pipe, long nanos) {
    empty(pipe, nanos);
    closePipe(pipe, nanos);
  }

  private void empty(OutputPipe pipe, long nanos) {
    int reads = 0;
    while (pipe.isOpen() && reads < READS_MAX && read(pipe, nanos) > 0) {
      reads++;
    }
  }

  /// Writes the end of a run whose pipes are all closed.
  private void finish(RunLog run, long nanos) {
    if (run.hasEnded() && run.isEmptied() && book.remove(run)) {
      mark(run.log, Markers.ended(run.run.value(), run.status()), nanos);
    }
  }

  private void finishAll(ServiceLog log) {
    long nanos = System.nanoTime();
    for (RunLog run : new ArrayList<>(log.runs())) {
      for (OutputPipe pipe : List.copyOf(run.pipes())) {
        if (!log.written.isBlocked()) {
          empty(pipe, nanos);
        }
        if (pipe.isOpen()) {
          flush(pipe, nanos);
        }
      }
    }
    followers.wake();
  }

  private void mark(ServiceLog log, String text, long nanos) {
    long micros = micros();
    Markers.append(block, micros, text);
    write(log, micros, nanos);
  }

  /// Begins to read a run; its start has to be marked unless the log knows it.
  void begin(RunLog run, List<OutputPipe> pipes, String marker) {
    book.add(run, pipes);
    run.log.begin(run);
    if (!marker.isEmpty()) {
      mark(run.log, marker, System.nanoTime());
    }
    pipes.forEach(pipe -> watch(pipe, !run.log.isPaused()));
  }

  /// The run's process is gone: what it left in its pipes is still read.
  void ended(RunLog run, String status) {
    long nanos = System.nanoTime();
    run.ended(status, nanos + RunBook.DRAIN_NANOS_MAX);
    book.dueAt(run.drainEndsNanos());
    finish(run, nanos);
  }

  private long micros() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }
}

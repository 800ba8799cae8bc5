package dev.coffey.logs;

import dev.coffey.logs.segments.Block;
import dev.coffey.logs.segments.Chunk;
import dev.coffey.logs.segments.Markers;
import dev.coffey.process.linux.ByteSearch;
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

/// What the pump does with each pipe: read it, write its lines, give it up. Used by the pump alone.
final class Intake implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("coffey.logs");

  /// Of a pipe of the usual size; more that was read in one go is handled in parts of this size,
  /// which stay in the processor's nearer caches.
  private static final int READ_BYTES = 64 << 10;

  /// What a full pipe of the usual size gives at least.
  private static final int FULL_BYTES = 60 << 10;

  /// After so many full reads in a row a pipe is made larger: its writer and we wake each other
  /// less often then, which costs as much as copying. It is read as a whole, since every read of a
  /// full pipe wakes its writer.
  private static final int FULL_READS = 16;

  private static final int LARGE_PIPE_BYTES = 256 << 10;

  /// Without privileges a user may have 64 MiB in pipes, for all programs.
  private static final int LARGE_PIPES_MAX = 64;

  /// More than a pipe holds; a writer that goes on meanwhile is left to itself.
  private static final int READS_MAX = 16;

  private final Descriptors descriptors;
  private final ByteSearch search;
  private final Epoll epoll;
  private final RunBook book;
  private final Followers followers;
  private final InstantSource clock;
  private final Chunk chunk = new Chunk(READ_BYTES);
  private final Block block = new Block();
  private NativeBuffer input = NativeBuffer.shared(READ_BYTES);
  private int largePipes;
  private boolean crowded;

  Intake(Libc libc, Epoll epoll, RunBook book, Followers followers, InstantSource clock) {
    this.descriptors = new Descriptors(libc);
    this.search = new ByteSearch(libc);
    this.epoll = epoll;
    this.book = book;
    this.followers = followers;
    this.clock = clock;
  }

  long micros() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
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
    List.copyOf(run.pipes()).forEach(this::rearm);
    finish(run, nanos);
  }

  /// Reads a round's share: once, or as often as a large pipe is still full; how many bytes came.
  int drain(OutputPipe pipe, long nanos) {
    if (pipe.run.log.written.isBlocked()) {
      settle(pipe.run.log);
      return 0;
    }
    int count = read(pipe, nanos);
    boolean full = count >= FULL_BYTES;
    if (pipe.countFull(full) == FULL_READS) {
      enlarge(pipe);
    }
    int sum = count;
    while (full && pipe.isLarge() && pipe.isWatched() && sum < LARGE_PIPE_BYTES) {
      count = read(pipe, nanos);
      full = count >= FULL_BYTES;
      sum += count;
    }
    return sum;
  }

  private void enlarge(OutputPipe pipe) {
    if (pipe.isLarge() || largePipes == LARGE_PIPES_MAX) {
      return;
    }
    try {
      int _ = descriptors.setPipeSize(pipe.fd, LARGE_PIPE_BYTES);
      largePipes++;
      pipe.enlarged();
      if (input.sizeBytes() < LARGE_PIPE_BYTES) {
        input.close();
        input = NativeBuffer.shared(LARGE_PIPE_BYTES);
      }
    } catch (LinuxException e) {
      LOG.log(Level.DEBUG, "{0}: {1}", name(pipe.run.log), e.getMessage());
    }
  }

  /// Reads once; how many bytes came.
  int read(OutputPipe pipe, long nanos) {
    int most = pipe.isLarge() ? LARGE_PIPE_BYTES : READ_BYTES;
    long count = descriptors.read(pipe.fd, input, 0, most);
    if (count == -Errno.EAGAIN) {
      return 0;
    }
    // A terminal that nobody has open answers EIO.
    boolean unheld = count == -Errno.EIO;
    if (count == 0 || (unheld && pipe.run.hasEnded())) {
      closePipe(pipe, nanos);
      return 0;
    }
    if (count < 0) {
      if (!unheld) {
        tellFailure(pipe, (int) -count);
      }
      leaveAlone(pipe, nanos);
      return 0;
    }
    pipe.faulty(false);
    long micros = micros();
    pipe.splitter.late(pipe.run.log.lateRun(pipe.run));
    for (int at = 0; at < count; at += READ_BYTES) {
      chunk.fill(input, at, (int) Math.min(READ_BYTES, count - at), search);
      for (Tap tap : pipe.run.log.taps) {
        tap.give(pipe.splitter.stream(), chunk.bytes(), chunk.length());
      }
      pipe.splitter.feed(chunk, micros, block);
      pipe.fed(nanos);
      write(pipe.run.log, micros, nanos);
    }
    if (pipe.splitter.carriedBytes() > 0) {
      book.carries(nanos);
    }
    return (int) count;
  }

  private static void tellFailure(OutputPipe pipe, int errno) {
    if (!pipe.isFaulty()) {
      String reason = Errno.text(errno);
      LOG.log(Level.WARNING, "{0}: cannot read its output: {1}", name(pipe.run.log), reason);
    }
  }

  /// Never closed nor forgotten: its service holds both ends, and would wait for ever once it is
  /// full. A terminal may be opened again, as programs for logins do; closed by us, it would hang
  /// up on its service.
  private void leaveAlone(OutputPipe pipe, long nanos) {
    pipe.faulty(true);
    watch(pipe, false);
    book.dueAt(nanos + RunBook.FAULT_NANOS);
  }

  /// Tries a pipe again that could not be read.
  void rearm(OutputPipe pipe) {
    if (pipe.isFaulty() && !pipe.run.log.isPaused()) {
      watch(pipe, true);
    }
  }

  private void write(ServiceLog log, long micros, long nanos) {
    if (!block.isEmpty()) {
      log.written.append(block, micros, nanos);
      block.clear();
      settle(log);
    }
  }

  private void mark(ServiceLog log, String text, long nanos) {
    long micros = micros();
    Markers.append(block, micros, text);
    write(log, micros, nanos);
  }

  /// Stops reading a service whose log is stuck, and goes on with one that is not any more.
  private void settle(ServiceLog log) {
    followers.news(log);
    if (log.troubleChanged()) {
      tellTrouble(log);
    }
    if (log.written.isCrowded() != crowded) {
      crowded = !crowded;
      tellCrowd();
    }
    boolean pause = log.written.isBlocked();
    if (log.written.isWaiting()) {
      book.dueAt(log.written.retryAtNanos());
    } else if (pause) {
      book.dueAt(System.nanoTime() + RunBook.HELD_NANOS);
    }
    if (pause != log.isPaused()) {
      log.paused(pause);
      for (RunLog run : log.runs()) {
        run.pipes().forEach(pipe -> watch(pipe, !pause));
      }
    }
  }

  private void tellCrowd() {
    if (crowded) {
      String what = "so much output waits in memory for disks that no more is read";
      LOG.log(Level.WARNING, what + " of services that may lose nothing");
    } else {
      LOG.log(Level.INFO, "the output of all services is read again");
    }
  }

  private static void tellTrouble(ServiceLog log) {
    String cause = log.written.cause();
    if (cause.isEmpty()) {
      LOG.log(Level.INFO, "{0}: its log can be written again", name(log));
    } else {
      String effect = log.written.isBlocked() ? "its output waits" : "lines may be lost";
      LOG.log(Level.WARNING, "{0}: cannot write its log, {1}: {2}", name(log), effect, cause);
    }
  }

  private static String name(ServiceLog log) {
    return log.store().service().value();
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
      LOG.log(Level.WARNING, "{0}: {1}", name(pipe.run.log), e.getMessage());
    }
  }

  /// Tries again what the disk has refused.
  void retry(ServiceLog log, long nanos) {
    if (log.written.isWaiting() && log.written.retryAtNanos() - nanos <= 0) {
      log.written.retry(micros(), nanos);
    }
    settle(log);
  }

  /// Writes the start of a line that has waited too long for its end.
  void flushOld(OutputPipe pipe, long nanos) {
    if (pipe.waitsSince(nanos - RunBook.CARRY_NANOS_MAX)) {
      flush(pipe, nanos);
    } else if (pipe.splitter.carriedBytes() > 0) {
      book.carries(nanos);
    }
  }

  /// Writes the start of a line as it is.
  private void flush(OutputPipe pipe, long nanos) {
    long micros = micros();
    pipe.splitter.flush(micros, block);
    pipe.fed(nanos);
    write(pipe.run.log, micros, nanos);
  }

  /// Takes what its pipes hold, gives them up and writes the end of the run.
  void giveUp(RunLog run, long nanos) {
    for (OutputPipe pipe : List.copyOf(run.pipes())) {
      empty(pipe, nanos);
      closePipe(pipe, nanos);
    }
    finish(run, nanos);
  }

  /// Takes what its pipes hold now, and leaves them to others.
  ///
  /// @return those that are still open
  List<OutputPipe> letGo(RunLog run, long nanos) {
    List<OutputPipe> open = new ArrayList<>();
    for (OutputPipe pipe : List.copyOf(run.pipes())) {
      if (!run.log.written.isBlocked()) {
        empty(pipe, nanos);
      }
      if (pipe.isOpen()) {
        flush(pipe, nanos);
        watch(pipe, false);
        book.remove(pipe);
        open.add(pipe);
      }
    }
    return open;
  }

  private void empty(OutputPipe pipe, long nanos) {
    int reads = 0;
    while (pipe.isOpen() && reads < READS_MAX && read(pipe, nanos) > 0) {
      reads++;
    }
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
    if (pipe.isLarge()) {
      largePipes--;
    }
    finish(pipe.run, nanos);
  }

  /// Writes the end of a run whose pipes are all closed.
  private void finish(RunLog run, long nanos) {
    if (run.hasEnded() && run.isEmptied() && book.remove(run)) {
      mark(run.log, Markers.ended(run.run.value(), run.status()), nanos);
    }
  }

  @Override
  public void close() {
    input.close();
  }
}

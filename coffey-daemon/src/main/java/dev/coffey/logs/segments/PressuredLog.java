package dev.coffey.logs.segments;

import dev.coffey.spec.LogSpec.Pressure;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A log whose disk may refuse: what it does not take is kept up to a limit and tried again, until
/// there is room. Used by one thread.
///
/// `block`: nothing is given up; whoever feeds the log stops reading its service while
/// [#isBlocked]. `drop_oldest`: full segments are given up first, then waiting lines, and the log
/// says how many.
public final class PressuredLog {
  /// How much of a service's output is held in memory while the disk refuses.
  static final int BACKLOG_BYTES_MAX = 256 << 10;

  /// The same where nothing may be given up: what one read can become, since after it no more is
  /// read. A quarter of a mebibyte of empty lines is forty times as long with their heads.
  static final int BLOCKED_BYTES_MAX = 12 << 20;

  private static final Duration RETRY_FIRST = Duration.ofMillis(100);
  private static final Duration RETRY_MAX = Duration.ofSeconds(5);

  private final SegmentStore store;
  private final Waiting waiting;
  private final Backlog backlog = new Backlog();
  private int countedBytes;
  private final Stamp stamp = new Stamp();
  private Pressure pressure;
  private Duration retryDelay = RETRY_FIRST;
  private long retryAtNanos;
  private volatile String cause = "";
  private final AtomicLong droppedLines = new AtomicLong();
  private final AtomicLong droppedBytes = new AtomicLong();

  public PressuredLog(SegmentStore store, Pressure pressure, Waiting waiting) {
    this.store = store;
    this.pressure = pressure;
    this.waiting = waiting;
  }

  public SegmentStore store() {
    return store;
  }

  /// Other limits from now on.
  public void limit(SegmentStore.Limits limits, Pressure pressure) {
    store.limit(limits);
    this.pressure = pressure;
  }

  /// Takes the log's directory; a disk that refuses is tried again later.
  ///
  /// @throws LogInUseException when another process writes there
  public void open(long micros, long nanos) throws LogInUseException {
    try {
      openStore(micros);
      IOException failure = drain(micros);
      if (failure != null) {
        refused(failure, nanos);
      }
    } catch (LogInUseException e) {
      throw e;
    } catch (IOException e) {
      refused(e, nanos);
    }
  }

  private void openStore(long micros) throws IOException {
    if (!store.isOpen()) {
      Block mended = store.open(micros);
      if (!mended.isEmpty()) {
        backlog.prepend(mended, 0);
        count();
      }
    }
  }

  /// Tells what is held to the sum of all logs.
  private void count() {
    waiting.changed(backlog.bytes() - countedBytes);
    countedBytes = backlog.bytes();
  }

  /// Adds whole lines.
  public void append(Block block, long micros, long nanos) {
    if (block.isEmpty()) {
      return;
    }
    if (!backlog.isEmpty() || !store.isOpen()) {
      hold(block, 0);
      return;
    }
    SegmentStore.Written written = store.append(block, 0, block.length);
    if (written.failure() != null) {
      hold(block, written.bytes());
      refused(written.failure(), nanos);
      if (pressure == Pressure.DROP_OLDEST) {
        makeRoom(micros, nanos);
      }
    }
  }

  private void hold(Block block, int from) {
    backlog.add(block, from);
    count();
    long lines = backlog.lostLines();
    long bytes = backlog.lostBytes();
    backlog.trim(bytesMax(), store.isTorn());
    count();
    droppedLines.addAndGet(backlog.lostLines() - lines);
    droppedBytes.addAndGet(backlog.lostBytes() - bytes);
  }

  /// How much of what it holds now it may keep.
  private int bytesMax() {
    boolean blocks = pressure == Pressure.BLOCK;
    long excess = waiting.bytes() - (blocks ? Waiting.BYTES_LIMIT : Waiting.BYTES_MAX);
    long left = backlog.bytes() - Math.max(0, excess);
    return Math.clamp(left, 0, blocks ? BLOCKED_BYTES_MAX : BACKLOG_BYTES_MAX);
  }

  /// Whether its service is not to be read for now: it may lose nothing, and its own disk refuses
  /// or the others' hold too much in memory.
  public boolean isBlocked() {
    return pressure == Pressure.BLOCK && (!backlog.isEmpty() || waiting.isFull());
  }

  /// Whether so much waits for all disks together that nothing more is read for logs that block.
  public boolean isCrowded() {
    return waiting.isFull();
  }

  /// Whether something waits for [#retry].
  public boolean isWaiting() {
    return !backlog.isEmpty() || !store.isOpen();
  }

  /// When to try again, on the monotonic clock.
  public long retryAtNanos() {
    return retryAtNanos;
  }

  /// Tries again.
  public void retry(long micros, long nanos) {
    makeRoom(micros, nanos);
    if (isWaiting()) {
      retryDelay = shorter(retryDelay.multipliedBy(2), RETRY_MAX);
      retryAtNanos = nanos + retryDelay.toNanos();
    }
  }

  /// Writes what waits; gives up full segments for it where that is the policy.
  private void makeRoom(long micros, long nanos) {
    try {
      openStore(micros);
      while (true) {
        IOException failure = drain(micros);
        if (failure == null) {
          recovered();
          return;
        }
        boolean full = DiskTrouble.of(failure) == DiskTrouble.FULL;
        if (pressure != Pressure.DROP_OLDEST || !full || store.deleteOldest() == 0) {
          throw failure;
        }
      }
    } catch (IOException e) {
      refused(e, nanos);
    }
  }

  /// Writes the rest of a half line, then what was lost, then what waits.
  private @Nullable IOException drain(long micros) {
    if (store.isTorn()) {
      IOException failure = take(backlog.mendLength());
      if (failure != null) {
        return failure;
      }
    }
    if (backlog.lostLines() > 0) {
      Block gap = new Block();
      long run = backlog.lostRun() == 0 ? store.segments().run() : backlog.lostRun();
      String text = Markers.gap(backlog.lostLines(), backlog.lostBytes(), run, cause);
      LineFormat.marker(gap, stamp, micros, text);
      SegmentStore.Written written = store.append(gap, 0, gap.length);
      if (written.bytes() > 0) {
        backlog.lossTold();
      }
      if (written.failure() != null) {
        if (written.bytes() > 0) {
          backlog.prepend(gap, written.bytes());
          count();
        }
        return written.failure();
      }
    }
    return backlog.bytes() == 0 ? null : take(backlog.bytes());
  }

  private @Nullable IOException take(int count) {
    SegmentStore.Written written = store.append(backlog.block(), 0, count);
    backlog.taken(written.bytes());
    count();
    return written.failure();
  }

  private void refused(IOException failure, long nanos) {
    cause = String.valueOf(failure.getMessage());
    retryAtNanos = nanos + retryDelay.toNanos();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void recovered() {
    cause = "";
    retryDelay = RETRY_FIRST;
  }

  /// Gives up what is too old, and goes on in a new file where somebody took away the old one;
  /// whether somebody did.
  public boolean lookAfter(long micros) {
    if (isWaiting()) {
      return false;
    }
    try {
      store.expire(micros);
      return store.reopen();
    } catch (IOException _) {
      // The next write meets the same trouble, and knows what to do about it.
      return false;
    }
  }

  /// Why the disk refuses; empty when it does not.
  public String cause() {
    return cause;
  }

  /// How many lines were given up since this daemon began.
  public long droppedLines() {
    return droppedLines.get();
  }

  /// How many bytes they were.
  public long droppedBytes() {
    return droppedBytes.get();
  }

  /// How many bytes wait in memory.
  public int waitingBytes() {
    return backlog.bytes();
  }
}

package dev.coffey.logs.segments;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Reads one log from a place on, over segments and as far as there is something; what it could not
/// read in time is told by a gap. Used by one thread at a time.
///
/// It holds no buffer and no file between two calls, so that one that waits, or never comes back,
/// costs nothing.
public final class LogCursor implements AutoCloseable {
  /// How much one batch is read from.
  static final int CHUNK_BYTES = 64 << 10;

  private static final int LINE_BYTES_MAX = 4 << 20;

  /// After so much in which the filter found nothing, the caller gets its thread back.
  private static final int SCAN_BYTES_MAX = 8 << 20;

  private final SegmentList log;
  private final LogFilter filter;
  private final long fromSeq;
  private final long endSeq;
  private final AtomicBoolean waits = new AtomicBoolean();
  private volatile @Nullable Runnable listener;
  private Spot spot;
  private long micros;
  private boolean rolled;

  /// @param fromSeq entries before it are passed over
  /// @param endSeq where it ends; `Long.MAX_VALUE` to follow
  LogCursor(SegmentList log, LogFilter filter, Spot spot, long fromSeq, long endSeq) {
    this.log = log;
    this.filter = filter;
    this.spot = spot;
    this.fromSeq = fromSeq;
    this.endSeq = endSeq;
  }

  /// Calls back when there may be more, once after each time that [#next] had nothing and was
  /// waiting. The call comes from a thread that is not to be kept.
  public void onMore(Runnable listener) {
    this.listener = listener;
    log.follow(this);
  }

  /// The next entries; none when the end is reached, or when much was read in vain: see
  /// [#isWaiting].
  public List<LogRecord> next() throws IOException {
    List<LogRecord> records = new ArrayList<>();
    long scanned = 0;
    waits.set(false);
    while (records.isEmpty() && scanned < SCAN_BYTES_MAX && !isOver()) {
      SegmentList.Slice slice = log.slice(spot);
      if (slice == null) {
        waits.set(true);
        slice = log.slice(spot);
        if (slice == null) {
          break;
        }
        waits.set(false);
      }
      scanned += readOrRetry(slice, records);
    }
    return records;
  }

  /// The file is shared: another reader that was interrupted has closed it for us as well.
  private long readOrRetry(SegmentList.Slice slice, List<LogRecord> records) throws IOException {
    try {
      return read(slice, records);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (ClosedChannelException _) {
      return 1;
    }
  }

  /// Whether there was nothing more; the listener is called when there is.
  public boolean isWaiting() {
    return waits.get();
  }

  /// Whether all that was asked for has been read.
  public boolean isOver() {
    return spot.seq() >= endSeq;
  }

  /// The number of the next entry.
  public long seq() {
    return spot.seq();
  }

  /// Tells it that there may be more.
  void wake() {
    Runnable toCall = listener;
    if (waits.compareAndSet(true, false) && toCall != null) {
      toCall.run();
    }
  }

  private long read(SegmentList.Slice slice, List<LogRecord> records) throws IOException {
    long skipped = slice.at().seq() - Math.max(spot.seq(), fromSeq);
    if (skipped > 0) {
      LogRecord.Place place = new LogRecord.Place(slice.at().seq() - 1, micros, slice.at().run());
      records.add(
          new LogRecord.Gap(
              log.service(), place, skipped, -1, "no longer kept when it was to be read"));
    }
    if (slice.rolled()) {
      rolled = true;
    }
    spot = slice.at();
    try {
      return slice.limit() == spot.offset() ? 1 : parse(slice, records);
    } finally {
      log.release(slice);
    }
  }

  private long parse(SegmentList.Slice slice, List<LogRecord> records) throws IOException {
    byte[] chunk = chunk(slice);
    LineParser parser = new LineParser(log.service(), filter, spot.seq(), spot.run());
    int from = 0;
    for (int end = Newline.find(chunk, 0, chunk.length);
        end >= 0 && parser.seq() < endSeq;
        end = Newline.find(chunk, from, chunk.length)) {
      boolean wanted = parser.seq() >= fromSeq;
      LogRecord record = parser.parse(chunk, from, end);
      micros = parser.micros();
      if (record != null && wanted && (rolled || !(record instanceof LogRecord.Rotated))) {
        records.add(record);
      }
      from = end + 1;
    }
    // Without a line end, something that is not ours stands there: step over it.
    int step = from == 0 ? chunk.length : from;
    spot = new Spot(spot.segment(), spot.offset() + step, parser.seq(), parser.run());
    if (chunk.length == 0) {
      // The file is shorter than it was: nothing more will come from it.
      spot = new Spot(spot.segment(), slice.limit(), spot.seq(), spot.run());
    }
    return Math.max(1, step);
  }

  /// What can be read at once, with at least one line end where there is one.
  private byte[] chunk(SegmentList.Slice slice) throws IOException {
    int size = (int) Math.min(CHUNK_BYTES, slice.limit() - spot.offset());
    while (true) {
      byte[] chunk = new byte[size];
      int count = slice.file().read(chunk, 0, size, spot.offset());
      boolean last = count < size || size >= slice.limit() - spot.offset();
      if (last || size >= LINE_BYTES_MAX || Newline.find(chunk, 0, count) >= 0) {
        return count == size ? chunk : Arrays.copyOf(chunk, count);
      }
      size = (int) Math.min(size * 2L, slice.limit() - spot.offset());
    }
  }

  @Override
  public void close() {
    listener = null;
    log.unfollow(this);
  }
}

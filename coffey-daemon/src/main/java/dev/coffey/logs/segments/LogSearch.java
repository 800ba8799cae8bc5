package dev.coffey.logs.segments;

import dev.coffey.spec.ServiceName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds where to begin reading a log, by looking at indexes first.
public final class LogSearch {
  private final SegmentList log;

  public LogSearch(SegmentStore store) {
    this.log = store.segments();
  }

  private LogSearch(SegmentList log) {
    this.log = log;
  }

  /// A log that nobody writes, as it lies on disk.
  public static LogSearch offline(Disk disk, Path directory, ServiceName service)
      throws IOException {
    Recovery.Found found = Recovery.look(disk, directory);
    SegmentList log = new SegmentList(service);
    log.reset(found.all(), found.nextSeq(), found.run());
    return new LogSearch(log);
  }

  /// A part of a segment that can be looked at on its own.
  private record Stretch(Segment segment, LogIndex.Row row) {
    Spot start() {
      return new Spot(segment, row.offset(), row.seq(), row.run());
    }
  }

  /// The number of the entry that will be written next.
  public long nextSeq() {
    return log.nextSeq();
  }

  /// The run that was started last; 0 when none is known.
  public long currentRun() {
    return log.run();
  }

  /// Everything that comes after an entry.
  ///
  /// @param endSeq where to stop; `Long.MAX_VALUE` to follow
  public LogCursor after(long seq, LogFilter filter, long endSeq) throws IOException {
    // Where the log was deleted since, all of it is new to the reader.
    long wanted = seq >= log.nextSeq() ? 1 : seq + 1;
    Spot spot = new Spot(null, 0, wanted, 0);
    for (SegmentList.Known known : log.known().reversed()) {
      if (known.segment().base <= wanted) {
        for (Stretch stretch : stretches(known)) {
          if (stretch.row().seq() <= wanted) {
            spot = stretch.start();
          }
        }
        break;
      }
    }
    return cursor(spot, filter, wanted, endSeq);
  }

  /// Everything that the filter wants.
  public LogCursor all(LogFilter filter, long endSeq) throws IOException {
    Stretch start = null;
    long stop = endSeq;
    List<SegmentList.Known> segments = log.known();
    Reach reach = reach(filter, segments);
    for (SegmentList.Known known : segments) {
      for (Stretch stretch : stretches(known)) {
        LogIndex.Row row = stretch.row();
        // A run begins in the last stretch before which an earlier one was current.
        boolean beforeRun = filter.run() > 0 && row.run() < filter.run();
        if (row.microsMax() >= filter.since() && (start == null || beforeRun)) {
          start = stretch;
        }
        boolean beyond = reach.isBeyond(row) && endSeq < Long.MAX_VALUE;
        stop = beyond ? Math.min(stop, row.seq()) : endSeq;
      }
    }
    return start == null
        ? after(log.nextSeq() - 1, filter, endSeq)
        : cursor(start.start(), filter, start.row().seq(), stop);
  }

  /// The last lines that the filter wants, and the markers between them.
  public LogCursor last(int lines, LogFilter filter, long endSeq) throws IOException {
    long ahead = Math.min(endSeq, log.nextSeq());
    if (lines == 0) {
      return after(ahead - 1, filter, endSeq);
    }
    long end = ahead;
    Stretch start = null;
    long stop = endSeq;
    int missing = lines;
    long fromSeq = 0;
    List<SegmentList.Known> segments = log.known();
    Reach reach = reach(filter, segments);
    for (SegmentList.Known known : segments.reversed()) {
      for (Stretch stretch : stretches(known).reversed()) {
        boolean beyond = reach.isBeyond(stretch.row());
        if (beyond || stretch.row().microsMax() < filter.since()) {
          end = stretch.row().seq();
          stop = beyond && start == null && endSeq < Long.MAX_VALUE ? end : stop;
          continue;
        }
        Deque<Long> found = lines(stretch.start(), filter, end, missing);
        start = stretch;
        end = stretch.row().seq();
        missing -= found.size();
        if (missing == 0) {
          fromSeq = found.getFirst();
          break;
        }
      }
      if (missing == 0) {
        break;
      }
    }
    return start == null
        ? after(ahead - 1, filter, endSeq)
        : cursor(start.start(), filter, Math.max(fromSeq, start.row().seq()), stop);
  }

  /// When a run was heard last is known only after a look at all indexes.
  private static Reach reach(LogFilter filter, List<SegmentList.Known> segments)
      throws IOException {
    Reach reach = new Reach(filter);
    if (filter.run() > 0) {
      for (SegmentList.Known known : segments) {
        stretches(known).forEach(stretch -> reach.hear(stretch.row()));
      }
    }
    return reach;
  }

  /// The runs that the log knows, newest first, up to a number of them.
  public List<Long> runs(int count) throws IOException {
    List<Long> runs = new ArrayList<>();
    long runAfter = log.run();
    long end = log.nextSeq();
    for (SegmentList.Known known : log.known().reversed()) {
      for (Stretch stretch : stretches(known).reversed()) {
        if (stretch.row().run() != runAfter && runs.size() < count) {
          started(stretch.start(), end, runs);
        }
        runAfter = stretch.row().run();
        end = stretch.row().seq();
      }
    }
    return runs.size() > count ? runs.subList(0, count) : runs;
  }

  private void started(Spot from, long endSeq, List<Long> newestFirst) throws IOException {
    int at = newestFirst.size();
    for (LogCursor cursor = cursor(from, LogFilter.ALL, 0, endSeq); !isDone(cursor); ) {
      for (LogRecord record : cursor.next()) {
        if (record instanceof LogRecord.Started) {
          newestFirst.add(at, record.run());
        }
      }
    }
  }

  /// The numbers of the last lines wanted in a stretch, oldest first.
  private Deque<Long> lines(Spot from, LogFilter filter, long endSeq, int count)
      throws IOException {
    Deque<Long> seqs = new ArrayDeque<>();
    for (LogCursor cursor = cursor(from, filter, 0, endSeq); !isDone(cursor); ) {
      for (LogRecord record : cursor.next()) {
        if (record instanceof LogRecord.Line) {
          seqs.addLast(record.seq());
          if (seqs.size() > count) {
            seqs.removeFirst();
          }
        }
      }
    }
    return seqs;
  }

  private static boolean isDone(LogCursor cursor) {
    return cursor.isOver() || cursor.isWaiting();
  }

  private LogCursor cursor(Spot spot, LogFilter filter, long fromSeq, long endSeq) {
    return new LogCursor(log, filter, spot, fromSeq, endSeq);
  }

  /// A segment in the pieces that its index knows; what lies behind the index is looked at together
  /// with the last of them, since only that one's number is known.
  private static List<Stretch> stretches(SegmentList.Known known) throws IOException {
    Segment segment = known.segment();
    LogIndex index = known.index() == null ? segment.index() : known.index();
    List<Stretch> stretches = new ArrayList<>();
    for (int i = 0; i < index.size(); i++) {
      stretches.add(new Stretch(segment, index.row(i)));
    }
    if (known.length() > index.end()) {
      Stretch last = stretches.isEmpty() ? null : stretches.removeLast();
      stretches.add(new Stretch(segment, open(known, last)));
    }
    return stretches;
  }

  /// What is behind the index, together with the last row of it; where its times are not known,
  /// any.
  private static LogIndex.Row open(SegmentList.Known known, @Nullable Stretch last)
      throws IOException {
    Segment segment = known.segment();
    Segment.@Nullable Times tail = known.tail();
    long min = tail == null ? Long.MIN_VALUE : tail.microsMin();
    long max = tail == null ? Long.MAX_VALUE : tail.microsMax();
    if (last == null) {
      return new LogIndex.Row(0, known.length(), segment.base, segment.startRun(), min, max);
    }
    LogIndex.Row row = last.row();
    return new LogIndex.Row(
        row.offset(),
        known.length() - row.offset(),
        row.seq(),
        row.run(),
        Math.min(min, row.microsMin()),
        Math.max(max, row.microsMax()));
  }

  /// Tells from their rows which stretches come after all that a filter may want.
  private static final class Reach {
    /// So long after the next run has begun a line of the one before may still come; the pump gives
    /// up its pipes much sooner.
    private static final long LATE_MICROS_MAX = 60_000_000;

    private final LogFilter filter;
    private long heardUntilMicros = Long.MIN_VALUE;

    Reach(LogFilter filter) {
      this.filter = filter;
    }

    void hear(LogIndex.Row row) {
      if (row.run() <= filter.run()) {
        long micros = Math.min(row.microsMax(), Long.MAX_VALUE - LATE_MICROS_MAX);
        heardUntilMicros = Math.max(heardUntilMicros, micros + LATE_MICROS_MAX);
      }
    }

    boolean isBeyond(LogIndex.Row row) {
      boolean otherRun = filter.run() > 0 && row.microsMin() > heardUntilMicros;
      return otherRun || row.microsMin() >= filter.until();
    }
  }
}

package dev.coffey.logs.segments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Finds out what an earlier daemon left in a log's directory, and repairs what a crash cut off.
final class Recovery {
  private static final int TORN_BYTES_MAX = (1 << 20) + LineFormat.HEAD_LENGTH_MAX;

  private final Disk disk;
  private final Path directory;
  private final boolean repairs;
  private final Block mended = new Block();

  private Recovery(Disk disk, Path directory, boolean repairs) {
    this.disk = disk;
    this.directory = directory;
    this.repairs = repairs;
  }

  /// For the one writer, who goes on with what is found.
  static Found repair(Disk disk, Path directory, long nowMicros) throws IOException {
    return new Recovery(disk, directory, true).recover(nowMicros);
  }

  /// For a mere reader: nothing is changed.
  static Found look(Disk disk, Path directory) throws IOException {
    return new Recovery(disk, directory, false).recover(0);
  }

  /// What is there.
  ///
  /// @param current the segment to go on with, its index open; none where a new one is to be begun
  /// @param mended what has to be written first
  record Found(
      List<Segment> sealed, @Nullable Segment current, long nextSeq, long run, Block mended) {
    List<Segment> all() {
      List<Segment> all = new ArrayList<>(sealed);
      if (current != null) {
        all.add(current);
      }
      return all;
    }
  }

  private Found recover(long nowMicros) throws IOException {
    List<Segment> sealed = sealed();
    Path path = directory.resolve(LogFiles.CURRENT);
    long length = disk.find(path).length();
    if (length > 0) {
      Segment current = current(path);
      if (current != null) {
        long run = read(current, length, true, nowMicros);
        return new Found(sealed, current, current.endSeq(), run, mended);
      }
      if (repairs) {
        moveAside(disk, directory);
      }
    }
    if (sealed.isEmpty()) {
      return new Found(sealed, null, 1, 0, mended);
    }
    Segment last = sealed.getLast();
    long run = read(last, disk.find(last.path()).length(), false, nowMicros);
    return new Found(sealed, null, last.endSeq(), run, mended);
  }

  /// Something stands at our name that we have not written, or cannot go on with.
  static void moveAside(Disk disk, Path directory) throws IOException {
    disk.rename(directory.resolve(LogFiles.CURRENT), directory.resolve(LogFiles.FOREIGN));
    disk.delete(LogFiles.indexOf(directory.resolve(LogFiles.CURRENT)));
  }

  private List<Segment> sealed() throws IOException {
    List<Long> bases = new ArrayList<>();
    for (String name : disk.list(directory)) {
      OptionalLong base = LogFiles.base(name);
      base.ifPresent(bases::add);
    }
    bases.sort(null);
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < bases.size(); i++) {
      Path path = LogFiles.sealed(directory, bases.get(i));
      Segment segment = new Segment(disk, path, bases.get(i));
      long endSeq = i + 1 < bases.size() ? bases.get(i + 1) : bases.get(i);
      Disk.Found found = disk.find(path);
      segment.grown(Math.max(0, found.length()), endSeq, found.micros());
      segment.seal(path);
      segments.add(segment);
    }
    return segments;
  }

  /// The current segment, when its header says which number it begins with.
  private @Nullable Segment current(Path path) throws IOException {
    SegmentHeader header = SegmentHeader.read(disk, path);
    return header == null ? null : new Segment(disk, path, header.seq());
  }

  /// Completes a segment's index, and learns its end; the current run after it.
  private long read(Segment segment, long length, boolean writable, long nowMicros)
      throws IOException {
    segment.grown(length, segment.base, Long.MIN_VALUE);
    LogIndex index = segment.index();
    SegmentScan.Scanned from = lastOf(segment, index);
    SegmentScan.Scanned end;
    try (Disk.Source in = disk.open(segment.path())) {
      end = new SegmentScan(in, length).scan(index, from);
      if (writable && repairs && end.end() < length) {
        mend(in, end, length, nowMicros);
      }
    }
    if (writable && repairs && end.end() < length) {
      disk.truncate(segment.path(), end.end());
    }
    segment.grown(end.end(), end.endSeq(), end.microsMax());
    if (writable) {
      segment.keepIndex(index);
    }
    return end.run();
  }

  /// Where the index ends. Its last row is read again, since a row does not say what comes after
  /// it.
  private static SegmentScan.Scanned lastOf(Segment segment, LogIndex index) throws IOException {
    LogIndex.@Nullable Row last = index.removeLast();
    return last == null
        ? new SegmentScan.Scanned(
            0, segment.base, segment.startRun(), Long.MAX_VALUE, Long.MIN_VALUE)
        : new SegmentScan.Scanned(
            last.offset(), last.seq(), last.run(), last.microsMin(), last.microsMax());
  }

  /// Where a machine has lost power, a file may be longer than what reached it.
  private static int withoutZeros(byte[] bytes, int length) {
    int end = length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return end;
  }

  /// Keeps the line that a crash cut off, if enough of it is there to tell what it was.
  private void mend(Disk.Source in, SegmentScan.Scanned end, long length, long nowMicros)
      throws IOException {
    int torn = (int) Math.min(length - end.end(), TORN_BYTES_MAX);
    byte[] bytes = new byte[torn];
    int count = withoutZeros(bytes, in.read(bytes, 0, torn, end.end()));
    boolean line =
        LineParser.isHead(bytes, 0, count)
            && Stamp.parse(bytes, 0) != Long.MIN_VALUE
            && !LineParser.isMarker(bytes, 0, count);
    if (line) {
      bytes[LineFormat.TAG_AT] = LineFormat.PARTIAL;
      mended.append(bytes, 0, count);
      mended.append(new byte[] {'\n'}, 0, 1);
      mended.lines++;
      mended.at(Stamp.parse(bytes, 0));
    } else {
      String gap = Markers.gap(-1, length - end.end(), end.run(), "cut off by a crash");
      LineFormat.marker(mended, new Stamp(), nowMicros, gap);
    }
  }
}

package dev.coffey.logs.segments;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The segment that is written, and the index that grows beside it.
final class CurrentFile {
  private final Disk disk;
  private final Segment segment;
  private final Disk.Appender file;
  private final LogIndex index;
  private final IndexFile indexFile;
  private final Object key;

  /// What has been written, and how much of it is whole lines.
  private long written;

  private long whole;

  private long run;
  private long microsMin = Long.MAX_VALUE;
  private long microsMax = Long.MIN_VALUE;
  private LogRecord.Place rowStart;
  private boolean fresh;

  private CurrentFile(Disk disk, Segment segment, Disk.Appender file, Start start) {
    this.disk = disk;
    this.segment = segment;
    this.file = file;
    this.index = start.index();
    this.indexFile = start.indexFile();
    this.key = start.key();
    this.whole = start.length();
    this.written = start.length();
    this.run = start.run();
    this.fresh = start.fresh();
    this.rowStart = new LogRecord.Place(start.rowSeq(), 0, start.run());
    segment.keepIndex(index);
  }

  private record Start(
      LogIndex index,
      IndexFile indexFile,
      Object key,
      long length,
      long rowSeq,
      long run,
      boolean fresh) {}

  /// What one write did.
  record Grown(int bytes, int lines, long run, @Nullable IOException failure) {}

  /// Makes a new file and writes its header.
  static CurrentFile begin(Disk disk, Path directory, LogRecord.Place at) throws IOException {
    disk.makeDirectory(directory);
    Path path = directory.resolve(LogFiles.CURRENT);
    if (disk.find(path).exists()) {
      Recovery.moveAside(disk, directory);
    }
    Block header = new Block();
    LineFormat.marker(header, new Stamp(), at.micros(), Markers.segment(at.seq(), at.run()));
    Disk.Appender file = disk.append(path);
    try {
      int count = file.write(header.bytes, 0, header.length);
      if (count < header.length) {
        throw new IOException("no space left for the header of '%s'".formatted(path));
      }
    } catch (IOException e) {
      file.close();
      throw e;
    }
    Segment segment = new Segment(disk, path, at.seq());
    Start start =
        new Start(
            new LogIndex(),
            new IndexFile(disk, LogFiles.indexOf(path)),
            disk.find(path).key(),
            header.length,
            at.seq(),
            at.run(),
            true);
    return new CurrentFile(disk, segment, file, start);
  }

  /// Goes on with a file that was recovered.
  static CurrentFile resume(Disk disk, Segment segment, long run) throws IOException {
    LogIndex index = segment.index();
    IndexFile indexFile = new IndexFile(disk, LogFiles.indexOf(segment.path()));
    indexFile.rewrite(index);
    Object key = disk.find(segment.path()).key();
    Start start = new Start(index, indexFile, key, segment.length(), segment.endSeq(), run, false);
    return new CurrentFile(disk, segment, disk.append(segment.path()), start);
  }

  Segment segment() {
    return segment;
  }

  long length() {
    return whole;
  }

  /// When its first line was written; `Long.MAX_VALUE` before there is one.
  long begunMicros() {
    return index.size() > 0 ? index.row(0).microsMin() : microsMin;
  }

  /// Nothing but the header is in it.
  boolean isFresh() {
    return fresh;
  }

  /// The last write stopped inside a line; what comes next has to be the rest of it.
  boolean isTorn() {
    return written > whole;
  }

  /// Writes a part of a block, or as much of it as the disk takes.
  Grown write(Block block, int from, int count) {
    int done = 0;
    IOException failure = null;
    try {
      while (done < count) {
        done += file.write(block.bytes, from + done, count - done);
      }
    } catch (IOException e) {
      failure = e;
    }
    fresh = fresh && done == 0;
    int last = Newline.findLast(block.bytes, from, from + done);
    int lines = 0;
    if (last >= 0) {
      boolean all = from == 0 && last + 1 == block.length;
      lines = all ? block.lines : Newline.count(block.bytes, from, last + 1);
      whole = written + (last + 1 - from);
      microsMin = Math.min(microsMin, block.microsMin);
      microsMax = Math.max(microsMax, block.microsMax);
      if (block.hasMarkers) {
        run = RunWatch.after(block.bytes, from, last + 1, run);
      }
    }
    written += done;
    return new Grown(done, lines, run, failure);
  }

  /// Lets readers see what is whole.
  void publish(long nextSeq) {
    segment.grown(whole, nextSeq, microsMax);
    if (whole - index.end() >= LogIndex.STRETCH_BYTES) {
      addRow();
    }
    segment.tail(new Segment.Times(microsMin, microsMax));
  }

  private void addRow() {
    LogIndex.Row row =
        new LogIndex.Row(
            index.end(), whole - index.end(), rowStart.seq(), rowStart.run(), microsMin, microsMax);
    index.add(row);
    indexFile.add(row);
    rowStart = new LogRecord.Place(segment.endSeq(), 0, run);
    microsMin = Long.MAX_VALUE;
    microsMax = Long.MIN_VALUE;
  }

  /// Gives the file its last name.
  void seal(Path name) throws IOException {
    if (whole > index.end()) {
      addRow();
    }
    disk.rename(segment.path(), name);
    indexFile.complete(index, LogFiles.indexOf(name));
    file.close();
    segment.seal(name);
  }

  /// Whether the file at our name is still the one that is written, and as long as it should be.
  boolean isInPlace() throws IOException {
    Disk.Found found = disk.find(segment.path());
    return found.exists() && found.key().equals(key) && found.length() == written;
  }

  /// Somebody has taken the file away.
  void abandon() {
    close();
    segment.markDeleted();
  }

  void close() {
    indexFile.close();
    file.close();
  }
}

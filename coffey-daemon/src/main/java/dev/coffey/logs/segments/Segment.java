package dev.coffey.logs.segments;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// One file of a log. Its store guards it.
final class Segment {
  /// The number of its first entry, which is its header.
  final long base;

  private final Disk disk;
  private Path path;
  private long length;
  private long endSeq;
  private long microsMax = Long.MIN_VALUE;
  private @Nullable Times tail;
  private boolean sealed;
  private boolean deleted;
  private @Nullable LogIndex index;
  private Disk.@Nullable Source reader;
  private int readers;

  /// When the first and the last of some entries were written.
  record Times(long microsMin, long microsMax) {}

  Segment(Disk disk, Path path, long base) {
    this.disk = disk;
    this.path = path;
    this.base = base;
    this.endSeq = base;
  }

  Path path() {
    return path;
  }

  /// Up to here, whole lines can be read.
  long length() {
    return length;
  }

  /// The number after that of its last entry.
  long endSeq() {
    return endSeq;
  }

  long microsMax() {
    return microsMax;
  }

  boolean sealed() {
    return sealed;
  }

  boolean deleted() {
    return deleted;
  }

  void grown(long length, long endSeq, long microsMax) {
    this.length = length;
    this.endSeq = endSeq;
    this.microsMax = Math.max(this.microsMax, microsMax);
  }

  /// The times of what its index does not know yet; null where they are not known either.
  @Nullable Times tail() {
    return tail;
  }

  void tail(Times tail) {
    this.tail = tail;
  }

  /// It has its last name and will not grow.
  void seal(Path name) {
    path = name;
    sealed = true;
    index = null;
    tail = null;
    closeUnread();
  }

  void markDeleted() {
    deleted = true;
    sealed = true;
    closeUnread();
  }

  /// What its index says; of a sealed one read anew each time, since it is seldom asked for.
  LogIndex index() throws IOException {
    if (index != null) {
      return index;
    }
    Path file = LogFiles.indexOf(path);
    long size = disk.find(file).length();
    if (size <= 0) {
      return new LogIndex();
    }
    byte[] bytes = new byte[(int) Math.min(size, LogFiles.INDEX_BYTES_MAX)];
    try (Disk.Source in = disk.open(file)) {
      in.read(bytes, 0, bytes.length, 0);
    } catch (NoSuchFileException _) {
      // Deleted since, maybe together with the segment.
      return new LogIndex();
    }
    return LogIndex.parse(bytes, base, length);
  }

  /// The current run before its first entry, which its index cannot tell while it is empty.
  long startRun() throws IOException {
    SegmentHeader header = SegmentHeader.read(disk, path);
    return header == null ? 0 : header.run();
  }

  /// A copy of the index while it grows; null for a sealed segment.
  @Nullable LogIndex copyOfOpenIndex() {
    return index == null ? null : index.copy();
  }

  void keepIndex(LogIndex index) {
    this.index = index;
  }

  /// Opens it for one read; what was opened stays open while it is the log's current one.
  Disk.Source acquire() throws IOException {
    Disk.Source open = reader;
    if (open == null || !open.isOpen()) {
      open = disk.open(path);
      reader = open;
    }
    readers++;
    return open;
  }

  void release() {
    readers--;
    if (sealed) {
      closeUnread();
    }
  }

  private void closeUnread() {
    if (readers == 0 && reader != null) {
      reader.close();
      reader = null;
    }
  }

  /// Closes it when nobody reads it, whatever it is.
  void close() {
    closeUnread();
  }
}

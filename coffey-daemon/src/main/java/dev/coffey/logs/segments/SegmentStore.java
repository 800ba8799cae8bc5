package dev.coffey.logs.segments;

import dev.coffey.spec.ServiceName;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The files of one service's log: one writer adds blocks, any number of cursors read what is
/// whole.
///
/// Numbers are not written: the header of a segment says which it begins with, and each line counts
/// one. A segment is renamed when it is full and never changes again, so `tail -F current` goes on.
public final class SegmentStore implements AutoCloseable {
  private static final int AGE_PARTS = 4;

  private final Disk disk;
  private final Path directory;
  private final SegmentList segments;
  private volatile Limits limits;
  private Disk.@Nullable Lock lock;
  private @Nullable CurrentFile current;

  /// How much is kept.
  ///
  /// @param segmentBytes when a segment is full
  /// @param segmentsKept how many full ones stay
  /// @param ageMicrosMax how long an entry stays; 0 for as long as there is room
  public record Limits(long segmentBytes, int segmentsKept, long ageMicrosMax) {}

  /// What became of a block.
  ///
  /// @param bytes how many were taken
  /// @param failure why not all of them
  record Written(int bytes, @Nullable IOException failure) {}

  public SegmentStore(Disk disk, Path directory, ServiceName service, Limits limits) {
    this.disk = disk;
    this.directory = directory;
    this.segments = new SegmentList(service);
    this.limits = limits;
  }

  public ServiceName service() {
    return segments.service();
  }

  /// Where the files are.
  public Path directory() {
    return directory;
  }

  /// Whether the directory is ours and what is in it is known.
  public boolean isOpen() {
    return lock != null;
  }

  /// Takes the directory and finds out what is in it; what a crash cut off has to be written first.
  ///
  /// @throws LogInUseException when another process writes there
  Block open(long nowMicros) throws IOException {
    disk.makeDirectory(directory);
    Disk.Lock taken = disk.lock(directory.resolve(LogFiles.LOCK));
    Recovery.Found found;
    try {
      found = Recovery.repair(disk, directory, nowMicros);
      if (found.current() != null) {
        current = CurrentFile.resume(disk, found.current(), found.run());
      }
    } catch (IOException e) {
      taken.close();
      throw e;
    }
    segments.reset(found.all(), found.nextSeq(), found.run());
    lock = taken;
    return found.mended();
  }

  /// Whether the last write stopped inside a line.
  boolean isTorn() {
    return current != null && current.isTorn();
  }

  /// Other limits from now on.
  void limit(Limits limits) {
    this.limits = limits;
  }

  /// Adds whole lines, a part of the block; goes on in a new segment where one is full.
  Written append(Block block, int from, int to) {
    int at = from;
    try {
      while (at < to) {
        CurrentFile file = current == null ? begin(block.microsMin) : current;
        int count = file.isTorn() ? lineEnd(block, at, to) : piece(file, block, at, to);
        if (count == 0) {
          rotate();
          continue;
        }
        at += write(file, block, at, count);
      }
      return new Written(at - from, null);
    } catch (PartlyWrittenException e) {
      return new Written(at + e.bytes() - from, e.reason());
    } catch (IOException e) {
      return new Written(at - from, e);
    }
  }

  /// How many bytes fit in the segment, up to a line end; 0 when it is full. A line that is larger
  /// than a segment gets one of its own.
  private int piece(CurrentFile file, Block block, int at, int to) {
    long room = limits.segmentBytes() - file.length();
    if (to - at <= room) {
      return to - at;
    }
    int last = room <= 0 ? -1 : Newline.findLast(block.bytes, at, at + (int) room);
    if (last >= 0) {
      return last + 1 - at;
    }
    return file.isFresh() ? lineEnd(block, at, to) : 0;
  }

  private static int lineEnd(Block block, int at, int to) {
    return Newline.find(block.bytes, at, to) + 1 - at;
  }

  private int write(CurrentFile file, Block block, int at, int count) throws IOException {
    CurrentFile.Grown grown = file.write(block, at, count);
    segments.grown(file, grown);
    if (grown.failure() != null) {
      throw new PartlyWrittenException(grown.bytes(), grown.failure());
    }
    return grown.bytes();
  }

  private CurrentFile begin(long micros) throws IOException {
    LogRecord.Place at = new LogRecord.Place(segments.nextSeq(), micros, segments.run());
    CurrentFile file = CurrentFile.begin(disk, directory, at);
    segments.begun(file);
    current = file;
    return file;
  }

  /// Gives the current segment its last name; the next line begins a new one.
  public void rotate() throws IOException {
    // A file that somebody took away cannot be renamed.
    boolean gone = reopen();
    CurrentFile file = current;
    if (!gone && file != null) {
      segments.seal(file, LogFiles.sealed(directory, file.segment().base));
      current = null;
      keep(limits.segmentsKept());
    }
  }

  private void keep(int count) throws IOException {
    for (Segment old = segments.takeOldest(count); old != null; old = segments.takeOldest(count)) {
      delete(old);
    }
  }

  /// Deletes what is older than it may be. A segment goes as a whole, so the current one is ended
  /// when its first entry has a quarter of that age.
  void expire(long micros) throws IOException {
    long age = limits.ageMicrosMax();
    if (age == 0) {
      return;
    }
    if (current != null && current.begunMicros() < micros - age / AGE_PARTS) {
      rotate();
    }
    while (segments.oldestMicros() < micros - age) {
      deleteOldest();
    }
  }

  /// When the oldest full segment was written last; `Long.MAX_VALUE` when there is none.
  public long oldestMicros() {
    return segments.oldestMicros();
  }

  /// The bytes of all segments.
  public long bytes() {
    return segments.bytes();
  }

  /// Deletes the oldest full segment; how many bytes that gave back, 0 when there is none.
  public long deleteOldest() throws IOException {
    Segment oldest = segments.takeOldest(0);
    if (oldest == null) {
      return 0;
    }
    delete(oldest);
    return oldest.length();
  }

  private void delete(Segment segment) throws IOException {
    disk.delete(LogFiles.indexOf(segment.path()));
    disk.delete(segment.path());
  }

  /// Goes on in a new file when somebody has moved, deleted or cut the one that is written; whether
  /// that was so.
  boolean reopen() throws IOException {
    CurrentFile file = current;
    if (file == null || file.isInPlace()) {
      return false;
    }
    segments.abandon(file);
    current = null;
    if (disk.find(directory.resolve(LogFiles.CURRENT)).exists()) {
      Recovery.moveAside(disk, directory);
    }
    return true;
  }

  /// Whether somebody reads along.
  public boolean isFollowed() {
    return segments.isFollowed();
  }

  /// Calls back every cursor that waits for more.
  public void wakeFollowers() {
    segments.wakeFollowers();
  }

  /// The segments and their readers.
  SegmentList segments() {
    return segments;
  }

  @Override
  public void close() {
    if (current != null) {
      current.close();
      current = null;
    }
    segments.close();
    if (lock != null) {
      lock.close();
      lock = null;
    }
  }

  /// A write stopped on the way.
  private static final class PartlyWrittenException extends IOException {
    private static final long serialVersionUID = 1;
    private final int bytes;
    private final IOException reason;

    PartlyWrittenException(int bytes, IOException reason) {
      super(reason);
      this.bytes = bytes;
      this.reason = reason;
    }

    int bytes() {
      return bytes;
    }

    IOException reason() {
      return reason;
    }
  }
}

package dev.coffey.logs.segments;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The index beside the current segment, row by row as it grows. It can always be made anew from
/// the segment, so that its own failures are nobody's trouble.
final class IndexFile {
  /// How many rows are written in one go: a flood has one every fraction of a millisecond, and what
  /// a crash takes is read from the segment again.
  private static final int ROWS_HELD_MAX = 16;

  private final Disk disk;
  private final Path path;
  private final byte[] held = new byte[ROWS_HELD_MAX * LogIndex.ROW_BYTES];
  private int heldBytes;
  private Disk.@Nullable Appender file;
  private boolean broken;

  IndexFile(Disk disk, Path path) {
    this.disk = disk;
    this.path = path;
  }

  void add(LogIndex.Row row) {
    if (broken) {
      return;
    }
    System.arraycopy(LogIndex.bytes(row), 0, held, heldBytes, LogIndex.ROW_BYTES);
    heldBytes += LogIndex.ROW_BYTES;
    if (heldBytes == held.length) {
      flush();
    }
  }

  private void flush() {
    if (heldBytes == 0 || broken) {
      return;
    }
    try {
      if (file == null) {
        disk.delete(path);
        file = disk.append(path);
        write(file, LogIndex.MAGIC, LogIndex.MAGIC.length);
      }
      write(file, held, heldBytes);
    } catch (IOException _) {
      broken = true;
      closeFile();
    }
    heldBytes = 0;
  }

  /// Writes the whole of it.
  void rewrite(LogIndex index) {
    closeFile();
    heldBytes = 0;
    broken = false;
    try {
      disk.delete(path);
    } catch (IOException _) {
      broken = true;
    }
    for (int i = 0; i < index.size(); i++) {
      add(index.row(i));
    }
    flush();
  }

  /// Completes it under the name that it keeps.
  void complete(LogIndex index, Path name) {
    flush();
    if (broken) {
      rewrite(index);
    }
    closeFile();
    try {
      if (broken) {
        disk.delete(path);
      } else {
        disk.rename(path, name);
      }
    } catch (IOException _) {
      broken = true;
    }
  }

  void close() {
    flush();
    closeFile();
  }

  private void closeFile() {
    if (file != null) {
      file.close();
      file = null;
    }
  }

  private static void write(Disk.Appender file, byte[] bytes, int length) throws IOException {
    int count = file.write(bytes, 0, length);
    if (count < length) {
      throw new IOException("short write");
    }
  }
}

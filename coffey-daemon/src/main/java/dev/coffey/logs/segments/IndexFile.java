package dev.coffey.logs.segments;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The index beside the current segment, row by row as it grows. It can always be made anew from
/// the segment, so that its own failures are nobody's trouble.
final class IndexFile {
  private final Disk disk;
  private final Path path;
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
    try {
      if (file == null) {
        disk.delete(path);
        file = disk.append(path);
        write(file, LogIndex.MAGIC);
      }
      write(file, LogIndex.bytes(row));
    } catch (IOException _) {
      broken = true;
      close();
    }
  }

  /// Writes the whole of it.
  void rewrite(LogIndex index) {
    close();
    broken = false;
    try {
      disk.delete(path);
    } catch (IOException _) {
      broken = true;
    }
    for (int i = 0; i < index.size(); i++) {
      add(index.row(i));
    }
  }

  /// Completes it under the name that it keeps.
  void complete(LogIndex index, Path name) {
    if (broken) {
      rewrite(index);
    }
    close();
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
    if (file != null) {
      file.close();
      file = null;
    }
  }

  private static void write(Disk.Appender file, byte[] bytes) throws IOException {
    int count = file.write(bytes, 0, bytes.length);
    if (count < bytes.length) {
      throw new IOException("short write");
    }
  }
}

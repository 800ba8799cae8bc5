package dev.coffey.logs.segments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The disk as this room needs it; tests put one behind it that fills up, breaks and crashes.
public interface Disk {
  /// Makes a directory and those above it where they are missing.
  void makeDirectory(Path directory) throws IOException;

  /// The names in a directory, in no order; empty where there is none.
  List<String> list(Path directory) throws IOException;

  /// The names of the directories in a directory.
  List<String> directories(Path directory) throws IOException;

  /// Takes a lock that ends with this process.
  ///
  /// @throws LogInUseException when another process has it
  Lock lock(Path file) throws IOException;

  /// Opens a file to add to its end; makes it where it is missing.
  Appender append(Path file) throws IOException;

  /// Opens a file to read from any place.
  Source open(Path file) throws IOException;

  /// How long a file is, and which; `Found.NOTHING` where there is none.
  Found find(Path file) throws IOException;

  /// Cuts a file.
  void truncate(Path file, long length) throws IOException;

  void rename(Path from, Path to) throws IOException;

  /// Deletes a file; no error where there is none.
  void delete(Path file) throws IOException;

  /// A lock that is held.
  interface Lock extends AutoCloseable {
    @Override
    void close();
  }

  /// The end of a file that is written.
  interface Appender extends AutoCloseable {
    /// Writes, maybe only a part; how many bytes.
    int write(byte[] bytes, int from, int length) throws IOException;

    @Override
    void close();
  }

  /// A file that is read.
  interface Source extends AutoCloseable {
    /// Fills a part of the buffer from a place of the file; how many bytes, fewer only at its end.
    int read(byte[] buffer, int from, int length, long at) throws IOException;

    /// Not any more once a thread was interrupted in it.
    boolean isOpen();

    @Override
    void close();
  }

  /// What stands at a name.
  ///
  /// @param key the same for the same file, whatever it is called
  /// @param micros when it was written last
  record Found(long length, Object key, long micros) {
    static final Found NOTHING = new Found(-1, "", 0);

    /// Whether there is a file.
    public boolean exists() {
      return length >= 0;
    }
  }
}

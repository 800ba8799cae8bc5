package dev.coffey.logs.segments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A disk in memory that can be full, read-only or broken, and that keeps its files over a crash of
/// those who write them.
final class FakeDisk implements Disk {
  private static final long ROOM_BYTES_MAX = Long.MAX_VALUE / 2;

  private final Map<Path, File> files = new TreeMap<>();
  private final Set<Path> locks = new HashSet<>();
  private long roomBytes = ROOM_BYTES_MAX;
  private String refusal = "";
  private long writes;
  private long textBytesRead;
  private long indexBytesRead;

  private static final class File {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private byte[] known = new byte[0];

    byte[] bytes() {
      if (known.length != bytes.size()) {
        known = bytes.toByteArray();
      }
      return known;
    }
  }

  /// From now on so much can be written before the disk is full.
  void room(long bytes) {
    roomBytes = Math.min(bytes, ROOM_BYTES_MAX);
  }

  /// From now on writing fails with these words; empty for not any more.
  void refuse(String words) {
    refusal = words;
  }

  /// Whoever had locks is gone.
  void crash() {
    locks.clear();
  }

  long writes() {
    return writes;
  }

  /// What readers have read of segments.
  long textBytesRead() {
    return textBytesRead;
  }

  /// What readers have read of indexes.
  long indexBytesRead() {
    return indexBytesRead;
  }

  byte[] bytes(Path path) {
    File file = files.get(path);
    return file == null ? new byte[0] : file.bytes();
  }

  void put(Path path, byte[] bytes) {
    File file = new File();
    file.bytes.writeBytes(bytes);
    files.put(path, file);
  }

  /// Somebody else deletes a file.
  void takeAway(Path path) {
    files.remove(path);
  }

  /// Adds something behind the back of whoever writes the file.
  void add(Path path, byte[] bytes) throws IOException {
    existing(path).bytes.writeBytes(bytes);
  }

  @Override
  public void makeDirectory(Path directory) throws IOException {
    refused(directory);
  }

  @Override
  public List<String> list(Path directory) {
    List<String> names = new ArrayList<>();
    for (Path path : files.keySet()) {
      if (directory.equals(path.getParent())) {
        names.add(path.getFileName().toString());
      }
    }
    return names;
  }

  @Override
  public List<String> directories(Path directory) {
    return List.of();
  }

  @Override
  public Lock lock(Path file) throws IOException {
    refused(file);
    if (!locks.add(file)) {
      throw new LogInUseException(file);
    }
    return () -> locks.remove(file);
  }

  @Override
  public Appender append(Path path) throws IOException {
    refused(path);
    File file = files.computeIfAbsent(path, _ -> new File());
    return new Appender() {
      @Override
      public int write(byte[] bytes, int from, int length) throws IOException {
        refused(path);
        writes++;
        int count = (int) Math.min(length, roomBytes);
        if (count == 0) {
          throw new IOException("No space left on device");
        }
        roomBytes -= count;
        file.bytes.write(bytes, from, count);
        return count;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Source open(Path path) throws IOException {
    File file = existing(path);
    boolean index = path.toString().endsWith(".idx");
    return new Source() {
      @Override
      public boolean isOpen() {
        return true;
      }

      @Override
      public int read(byte[] buffer, int from, int length, long at) {
        byte[] bytes = file.bytes();
        int count = Math.clamp(bytes.length - at, 0, length);
        System.arraycopy(bytes, (int) Math.min(at, bytes.length), buffer, from, count);
        textBytesRead += index ? 0 : count;
        indexBytesRead += index ? count : 0;
        return count;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Found find(Path path) {
    File file = files.get(path);
    return file == null ? Found.NOTHING : new Found(file.bytes.size(), file, 0);
  }

  @Override
  public void truncate(Path path, long length) throws IOException {
    refused(path);
    byte[] kept = Arrays.copyOf(existing(path).bytes(), (int) length);
    File file = existing(path);
    file.bytes.reset();
    file.bytes.writeBytes(kept);
    file.known = kept;
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    refused(from);
    files.put(to, existing(from));
    files.remove(from);
  }

  @Override
  public void delete(Path path) throws IOException {
    refused(path);
    File file = files.remove(path);
    if (file != null) {
      room(roomBytes + file.bytes.size());
    }
  }

  private File existing(Path path) throws NoSuchFileException {
    File file = files.get(path);
    if (file == null) {
      throw new NoSuchFileException(path.toString());
    }
    return file;
  }

  private void refused(Path path) throws IOException {
    if (!refusal.isEmpty()) {
      throw new IOException(path + ": " + refusal);
    }
  }
}

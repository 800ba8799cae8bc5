package dev.coffey.logs.own;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The file of the daemon's own log. An ordinary one is kept small by renaming it `.1`, `.2` and so
/// on; a pipe, a device or what a link leads to is only written, neither sought nor renamed.
final class OwnLogFile implements OwnLog.Output {
  private static final long FILE_BYTES_MAX = 10 << 20;
  private static final int FILES_KEPT = 3;

  private final Path path;
  private final long bytesMax;
  private FileChannel channel;
  private @Nullable Object key;
  private boolean ordinary;

  /// Opens the file; makes it, and the directory that it is in, where they are missing.
  ///
  /// @throws IOException with a message for the operator
  static OwnLogFile open(Path path) throws IOException {
    try {
      Path directory = path.toAbsolutePath().getParent();
      if (directory != null && !Files.exists(directory)) {
        Files.createDirectories(directory);
      }
      return new OwnLogFile(path, FILE_BYTES_MAX);
    } catch (IOException e) {
      throw new IOException("cannot open the daemon's own log: " + reason(e), e);
    }
  }

  private static String reason(IOException failure) {
    return failure instanceof FileSystemException known && known.getReason() != null
        ? "'%s': %s".formatted(known.getFile(), known.getReason())
        : String.valueOf(failure);
  }

  OwnLogFile(Path path, long bytesMax) throws IOException {
    this.path = path;
    this.bytesMax = bytesMax;
    this.channel = opened();
  }

  private FileChannel opened() throws IOException {
    ordinary =
        !Files.exists(path, LinkOption.NOFOLLOW_LINKS)
            || Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    FileChannel opened =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    key = ordinary ? key(path) : null;
    return opened;
  }

  private static @Nullable Object key(Path path) throws IOException {
    return Files.exists(path)
        ? Files.readAttributes(path, BasicFileAttributes.class).fileKey()
        : null;
  }

  @Override
  public void write(byte[] line) throws IOException {
    if (ordinary && channel.size() + line.length > bytesMax) {
      rotate();
    }
    ByteBuffer rest = ByteBuffer.wrap(line);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  private void rotate() throws IOException {
    for (int number = FILES_KEPT - 1; number >= 1; number--) {
      if (Files.exists(numbered(number))) {
        Files.move(numbered(number), numbered(number + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.move(path, numbered(1), StandardCopyOption.REPLACE_EXISTING);
    replace();
  }

  private Path numbered(int number) {
    return path.resolveSibling(path.getFileName() + "." + number);
  }

  private void replace() throws IOException {
    FileChannel before = channel;
    channel = opened();
    before.close();
  }

  @Override
  public void reopen() {
    try {
      if (ordinary && !Objects.equals(key, key(path))) {
        replace();
      }
    } catch (IOException _) {
      // The old file still takes what comes.
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // Every write was answered already.
    }
  }
}

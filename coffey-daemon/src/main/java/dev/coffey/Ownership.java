package dev.coffey;

import dev.coffey.spec.DaemonSpec.Directories;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Proof that there is one daemon for a state directory and for a pid file: both are locked for
/// life, and the kernel lets go of them however the daemon ends.
final class Ownership implements AutoCloseable {
  private final Path pidFile;
  private final FileChannel pidLock;
  private final FileChannel stateLock;

  private Ownership(Path pidFile, FileChannel pidLock, FileChannel stateLock) {
    this.pidFile = pidFile;
    this.pidLock = pidLock;
    this.stateLock = stateLock;
  }

  /// Makes the directories and takes both locks.
  ///
  /// @throws IOException when they are not to be had; the message names the holder
  static Ownership claim(Directories directories) throws IOException {
    makePrivate(directories.state());
    makePrivate(directories.runtime());
    Files.createDirectories(directories.logs());
    Files.createDirectories(absoluteParent(directories.pidFile()));
    FileChannel state = lock(directories.state().resolve("lock"), "state_dir");
    try {
      return new Ownership(directories.pidFile(), lock(directories.pidFile(), "pid_file"), state);
    } catch (IOException e) {
      state.close();
      throw e;
    }
  }

  private static Path absoluteParent(Path file) throws IOException {
    @Nullable Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IOException("cannot use '%s': it is no file".formatted(file));
    }
    return parent;
  }

  private static void makePrivate(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(absoluteParent(directory));
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  private static FileChannel lock(Path path, String key) throws IOException {
    FileChannel file =
        FileChannel.open(
            path,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
    if (!taken(file)) {
      file.close();
      throw new IOException(
          "cannot take %s '%s': another coffeyd holds it (pid %s)"
              .formatted(key, path, Files.readString(path).strip()));
    }
    String pid = ProcessHandle.current().pid() + "\n";
    file.truncate(0);
    file.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
    return file;
  }

  private static boolean taken(FileChannel file) throws IOException {
    try {
      @Nullable FileLock lock = file.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(pidFile);
    pidLock.close();
    stateLock.close();
  }
}

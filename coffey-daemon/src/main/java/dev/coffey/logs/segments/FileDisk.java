package dev.coffey.logs.segments;

import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.Errno;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.NativeBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// The real disk.
public final class FileDisk implements Disk {
  private static final FileAttribute<?> DIRECTORY_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---"));
  private static final FileAttribute<?> FILE_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));
  private static final int FILE_MODE_BITS = 0640;
  private static final int STAGE_FIRST_BYTES = 16 << 10;
  private static final int STAGE_BYTES_MAX = 128 << 10;
  private static final Set<OpenOption> WRITE =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);

  private final Descriptors descriptors;
  private NativeBuffer stage = NativeBuffer.shared(STAGE_FIRST_BYTES);

  public FileDisk() {
    this(Libc.open());
  }

  public FileDisk(Libc libc) {
    this.descriptors = new Descriptors(libc);
  }

  @Override
  public void makeDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, DIRECTORY_MODE);
    }
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    return names(directory, false);
  }

  @Override
  public List<String> directories(Path directory) throws IOException {
    return names(directory, true);
  }

  private static List<String> names(Path directory, boolean onlyDirectories) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (!onlyDirectories || Files.isDirectory(entry)) {
          names.add(String.valueOf(entry.getFileName()));
        }
      }
    } catch (NoSuchFileException | NotDirectoryException _) {
      return List.of();
    } catch (UncheckedIOException | java.nio.file.DirectoryIteratorException e) {
      throw new IOException("cannot list '%s': %s".formatted(directory, e.getMessage()), e);
    }
    return names;
  }

  @Override
  public Lock lock(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, WRITE, FILE_MODE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return () -> closed(channel);
      }
    } catch (OverlappingFileLockException _) {
      // Held by this very process: in use all the same.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new LogInUseException(file);
  }

  @Override
  public Appender append(Path file) throws IOException {
    int flags = Descriptors.O_WRONLY | Descriptors.O_CREAT | Descriptors.O_APPEND;
    return new End(descriptors.open(file.toString(), flags, FILE_MODE_BITS));
  }

  /// Writes by libc, out of one buffer for all files: a channel would keep a buffer of its own for
  /// each thread, and its fifty methods would have to be compiled in the first second of a flood.
  private final class End implements Appender {
    private static final int CLOSED = -1;

    private int fd;

    private End(int fd) {
      this.fd = fd;
    }

    @Override
    public int write(byte[] bytes, int from, int length) throws IOException {
      synchronized (descriptors) {
        if (fd == CLOSED) {
          throw new IOException("closed");
        }
        int count = Math.min(length, STAGE_BYTES_MAX);
        stageFor(count).copyIn(bytes, from, 0, count);
        long written = descriptors.write(fd, stage, 0, count);
        if (written < 0) {
          throw new IOException(Errno.text((int) -written));
        }
        return (int) written;
      }
    }

    @Override
    public void close() {
      synchronized (descriptors) {
        if (fd != CLOSED) {
          descriptors.close(fd);
          fd = CLOSED;
        }
      }
    }
  }

  private NativeBuffer stageFor(int count) {
    if (stage.sizeBytes() < count) {
      stage.close();
      stage = NativeBuffer.shared(STAGE_BYTES_MAX);
    }
    return stage;
  }

  @Override
  public Source open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    return new Source() {
      @Override
      public int read(byte[] buffer, int from, int length, long at) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(buffer, from, length);
        int count = 0;
        while (target.hasRemaining()) {
          int more = channel.read(target, at + count);
          if (more < 0) {
            break;
          }
          count += more;
        }
        return count;
      }

      @Override
      public boolean isOpen() {
        return channel.isOpen();
      }

      @Override
      public void close() {
        closed(channel);
      }
    };
  }

  private static void closed(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException _) {
      // Every write was answered already; what close adds cannot be acted on.
    }
  }

  @Override
  public Found find(Path file) throws IOException {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      Object key = found.fileKey();
      long micros = found.lastModifiedTime().to(TimeUnit.MICROSECONDS);
      return new Found(found.size(), key == null ? file : key, micros);
    } catch (NoSuchFileException _) {
      return Found.NOTHING;
    }
  }

  @Override
  public void truncate(Path file, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }
}

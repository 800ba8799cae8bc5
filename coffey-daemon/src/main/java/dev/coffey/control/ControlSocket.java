package dev.coffey.control;

import dev.coffey.spec.DaemonSpec;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The control socket's place in the file system, held by a lock for the daemon's life.
///
/// The server binds in a private directory beside the place. Only when the socket has its group and
/// its mode is it moved to where callers look, so that at no moment anybody may connect who must
/// not, whatever the umask; and the move takes a stale socket's place without a gap.
public final class ControlSocket implements AutoCloseable {
  private static final int PATH_BYTES_MAX = 107;
  private static final int FILE_TYPE_MASK = 0170000;
  private static final int SOCKET_TYPE = 0140000;

  private final Path place;
  private final Path directory;
  private final int mode;
  private final @Nullable GroupPrincipal group;
  private final FileChannel lockFile;
  private final Farewell farewell = new Farewell();
  private @Nullable Object published;
  private boolean over;

  private ControlSocket(
      DaemonSpec.Sockets wanted, Path directory, @Nullable GroupPrincipal group, FileChannel lock) {
    this.place = wanted.socket();
    this.directory = directory;
    this.mode = wanted.mode();
    this.group = group;
    this.lockFile = lock;
  }

  /// Takes the place: locks it, and proves that nothing alive is there.
  ///
  /// @throws IOException when it is not to be had; the message says why, as a whole sentence
  public static ControlSocket claim(DaemonSpec.Sockets wanted) throws IOException {
    Path place = wanted.socket();
    Path directory = place.resolveSibling("." + place.getFileName() + ".d");
    Path bound = directory.resolve("s");
    if (bound.toString().getBytes(StandardCharsets.UTF_8).length > PATH_BYTES_MAX) {
      throw refused(
          place,
          "its path is too long: '%s' must be up to %d bytes".formatted(bound, PATH_BYTES_MAX));
    }
    GroupPrincipal group = group(wanted);
    FileChannel lock = lock(place);
    try {
      proveFree(place);
      Files.deleteIfExists(bound);
      Files.deleteIfExists(directory);
      Files.createDirectory(directory, permissions("rwx------"));
      return new ControlSocket(wanted, directory, group, lock);
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  /// Where the server has to bind.
  public Path bindPath() {
    return directory.resolve("s");
  }

  /// Where callers look for it.
  public Path place() {
    return place;
  }

  /// Lets callers in, now that the server is bound; says whether it did: not where all is over
  /// before the server was there.
  public synchronized boolean publish() throws IOException {
    if (over) {
      return false;
    }
    Path bound = bindPath();
    if (group != null) {
      attributes(bound).setGroup(group);
    }
    attributes(bound).setPermissions(permissionsOf(mode));
    published = fileKey(bound);
    Files.move(bound, place, StandardCopyOption.ATOMIC_MOVE);
    Files.delete(directory);
    return true;
  }

  Farewell farewell() {
    return farewell;
  }

  /// Waits a moment until those who wait for the daemon's end have heard of it: to be called when
  /// all is over, and before the server is closed.
  public void awaitFarewells() throws InterruptedException {
    synchronized (this) {
      over = true;
    }
    farewell.await();
  }

  /// Leaves the place; what somebody else has put there in the meantime stays.
  @Override
  public synchronized void close() throws IOException {
    try {
      if (published != null && Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        if (published.equals(fileKey(place))) {
          Files.deleteIfExists(place);
        }
      }
      Files.deleteIfExists(bindPath());
      Files.deleteIfExists(directory);
    } finally {
      lockFile.close();
    }
  }

  private static @Nullable GroupPrincipal group(DaemonSpec.Sockets wanted) throws IOException {
    if (wanted.group().isEmpty()) {
      return null;
    }
    try {
      return wanted
          .socket()
          .getFileSystem()
          .getUserPrincipalLookupService()
          .lookupPrincipalByGroupName(wanted.group());
    } catch (UserPrincipalNotFoundException e) {
      throw refused(wanted.socket(), "there is no group '%s'".formatted(wanted.group()));
    }
  }

  private static FileChannel lock(Path place) throws IOException {
    Path path = place.resolveSibling(place.getFileName() + ".lock");
    FileChannel file =
        FileChannel.open(
            path,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS),
            permissions("rw-------"));
    try {
      FileLock lock = file.tryLock();
      if (lock != null) {
        file.truncate(0);
        file.write(ascii(ProcessHandle.current().pid() + "\n"));
        return file;
      }
    } catch (OverlappingFileLockException _) {
      // Held by this very process; said below.
    }
    String holder = Files.readString(path).trim();
    file.close();
    throw refused(
        place, "another coffeyd holds it (pid %s)".formatted(holder.isEmpty() ? "?" : holder));
  }

  private static void proveFree(Path place) throws IOException {
    int type;
    try {
      Object bits = Files.getAttribute(place, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      type = (Integer) bits & FILE_TYPE_MASK;
    } catch (NoSuchFileException _) {
      return;
    }
    if (type != SOCKET_TYPE) {
      throw refused(place, "there is a file that is no socket; it is left alone");
    }
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      // A server whose backlog is full is alive too, and must not hold us up.
      probe.configureBlocking(false);
      probe.connect(UnixDomainSocketAddress.of(place));
    } catch (ConnectException _) {
      return;
    } catch (NoSuchFileException _) {
      return;
    }
    throw refused(place, "something alive answers on it");
  }

  private static Object fileKey(Path path) throws IOException {
    return Objects.requireNonNull(
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey());
  }

  private static PosixFileAttributeView attributes(Path path) {
    return Files.getFileAttributeView(path, PosixFileAttributeView.class);
  }

  private static FileAttribute<?> permissions(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }

  private static Set<PosixFilePermission> permissionsOf(int mode) {
    PosixFilePermission[] all = PosixFilePermission.values();
    Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
    for (int bit = 0; bit < all.length; bit++) {
      if ((mode >> (all.length - 1 - bit) & 1) != 0) {
        set.add(all[bit]);
      }
    }
    return set;
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static IOException refused(Path place, String reason) {
    return new IOException("cannot use socket '%s': %s".formatted(place, reason));
  }
}

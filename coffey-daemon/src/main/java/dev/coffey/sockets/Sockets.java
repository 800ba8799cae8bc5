package dev.coffey.sockets;

import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.Errno;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.LinuxException;
import dev.coffey.process.linux.Listening;
import dev.coffey.spec.Listener;
import dev.coffey.spec.Listener.Transport;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.SocketSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The open sockets of all services. They stay open, and connections wait in them, while a service
/// restarts. Safe for use by several threads.
public final class Sockets implements AutoCloseable {
  private static final int MODE_MASK = 07777;

  private final Listening listening;
  private final Descriptors descriptors;
  private final Map<ServiceName, List<Open>> open = new HashMap<>();

  public Sockets(Libc libc) {
    this.listening = new Listening(libc);
    this.descriptors = new Descriptors(libc);
  }

  /// A socket and its descriptor, which stays ours.
  public record Open(SocketSpec spec, int fd) {}

  /// The sockets of a service in their order: those that are open already, and others in place of
  /// those it had before and has no more.
  public synchronized List<Open> of(ServiceName service, List<SocketSpec> specs)
      throws IOException {
    List<Open> before = open.getOrDefault(service, List.of());
    List<Open> gone = before.stream().filter(each -> !specs.contains(each.spec())).toList();
    List<Open> kept = new ArrayList<>(before);
    kept.removeAll(gone);
    gone.forEach(this::close);
    open.put(service, kept);
    List<Open> ordered = new ArrayList<>();
    for (SocketSpec spec : specs) {
      Optional<Open> known = kept.stream().filter(each -> each.spec().equals(spec)).findFirst();
      if (known.isEmpty()) {
        Open opened = new Open(spec, open(spec.listener(), spec.mode()));
        kept.add(opened);
        known = Optional.of(opened);
      }
      ordered.add(known.get());
    }
    if (kept.isEmpty()) {
      open.remove(service);
    }
    return ordered;
  }

  /// Who has any open.
  public synchronized Set<ServiceName> owners() {
    return Set.copyOf(open.keySet());
  }

  /// A service is not to be reached any more.
  public synchronized void close(ServiceName service) {
    Optional.ofNullable(open.remove(service)).ifPresent(all -> all.forEach(this::close));
  }

  @Override
  public synchronized void close() {
    open.values().forEach(all -> all.forEach(this::close));
    open.clear();
  }

  private void close(Open socket) {
    Listener at = socket.spec().listener();
    if (at.transport() == Transport.UNIX) {
      deleteFile(Path.of(at.path()));
    }
    descriptors.close(socket.fd());
  }

  private int open(Listener at, int mode) throws IOException {
    boolean datagram = at.transport() == Transport.UDP;
    try {
      if (at.transport() == Transport.UNIX) {
        return atPath(Path.of(at.path()), mode);
      }
      return at.host().isEmpty()
          ? listening.onAll(at.port(), datagram)
          : listening.onPort(InetAddress.getByName(at.host()), at.port(), datagram);
    } catch (LinuxException refused) {
      throw Errno.isShortage(refused.errno())
          ? refused
          : new IOException(
              "cannot listen on '%s': %s".formatted(at, Errno.text(refused.errno())), refused);
    }
  }

  private int atPath(Path path, int mode) throws IOException {
    int fd;
    try {
      fd = listening.atPath(path.toString());
    } catch (LinuxException refused) {
      if (refused.errno() != Errno.EADDRINUSE || !isLeftOver(path)) {
        throw refused;
      }
      Files.delete(path);
      fd = listening.atPath(path.toString());
    }
    Files.setAttribute(path, "unix:mode", mode & MODE_MASK);
    return fd;
  }

  /// A socket that nobody listens at any more; never a file of another kind.
  private static boolean isLeftOver(Path path) throws IOException {
    int kind = (Integer) Files.getAttribute(path, "unix:mode") & 0170000;
    if (kind != 0140000) {
      return false;
    }
    try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return false;
    } catch (IOException refused) {
      return true;
    }
  }

  private static void deleteFile(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException kept) {
      System.getLogger("coffey.sockets")
          .log(System.Logger.Level.WARNING, "cannot remove {0}: {1}", path, kept.getMessage());
    }
  }
}

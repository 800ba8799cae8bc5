package dev.coffey.process.linux;

import static dev.coffey.process.linux.LinuxException.checked;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Sockets that others connect to, as bare descriptors, which the JDK does not give out. All that
/// is opened here is closed on exec.
public final class Listening {
  private static final int AF_UNIX = 1;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int SOCK_STREAM = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_REUSEADDR = 2;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_V6ONLY = 26;
  private static final int BACKLOG = 4096;

  private final Libc libc;

  public Listening(Libc libc) {
    this.libc = libc;
  }

  /// On one address.
  public int onPort(InetAddress address, int port, boolean datagram) throws LinuxException {
    byte[] raw = address.getAddress();
    boolean four = address instanceof Inet4Address;
    return bound(family(four), datagram, true, four ? four(raw, port) : six(raw, port));
  }

  /// On all addresses, those of both versions where the machine has them.
  public int onAll(int port, boolean datagram) throws LinuxException {
    try {
      return bound(AF_INET6, datagram, false, six(new byte[16], port));
    } catch (LinuxException refused) {
      if (refused.errno() != Errno.EAFNOSUPPORT) {
        throw refused;
      }
      return bound(AF_INET, datagram, true, four(new byte[4], port));
    }
  }

  /// At a path, closed to all but us until its mode is changed.
  public int atPath(String path) throws LinuxException {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    int fd = open(AF_UNIX, false);
    try {
      // What is set on the socket beforehand, the file in its place begins with.
      checked(libc.call(Function.FCHMOD, fd, 0600), "close a socket to others");
      ByteBuffer address = ByteBuffer.allocate(2 + name.length + 1);
      bind(fd, address.putShort(0, family(AF_UNIX)).put(2, name).array());
      listen(fd);
      return fd;
    } catch (LinuxException failed) {
      libc.call(Function.CLOSE, fd);
      throw failed;
    }
  }

  private int bound(int family, boolean datagram, boolean only, byte[] address)
      throws LinuxException {
    int fd = open(family, datagram);
    try {
      if (!datagram) {
        set(fd, SOL_SOCKET, SO_REUSEADDR, 1);
      }
      if (family == AF_INET6) {
        set(fd, IPPROTO_IPV6, IPV6_V6ONLY, only ? 1 : 0);
      }
      bind(fd, address);
      if (!datagram) {
        listen(fd);
      }
      return fd;
    } catch (LinuxException failed) {
      libc.call(Function.CLOSE, fd);
      throw failed;
    }
  }

  private int open(int family, boolean datagram) throws LinuxException {
    int type = (datagram ? SOCK_DGRAM : SOCK_STREAM) | SOCK_CLOEXEC;
    return (int) checked(libc.call(Function.SOCKET, family, type, 0), "open a socket");
  }

  private void set(int fd, int level, int option, int value) throws LinuxException {
    try (NativeBuffer buffer = NativeBuffer.own(Integer.BYTES)) {
      buffer.putInt(0, value);
      long answer =
          libc.call(Function.SETSOCKOPT, fd, level, option, buffer.address(), Integer.BYTES);
      checked(answer, "set up a socket");
    }
  }

  private void bind(int fd, byte[] address) throws LinuxException {
    try (NativeBuffer buffer = NativeBuffer.own(address.length)) {
      buffer.copyIn(address, 0, 0, address.length);
      checked(libc.call(Function.BIND, fd, buffer.address(), address.length), "bind");
    }
  }

  private void listen(int fd) throws LinuxException {
    checked(libc.call(Function.LISTEN, fd, BACKLOG), "listen");
  }

  private static int family(boolean four) {
    return four ? AF_INET : AF_INET6;
  }

  /// The family stands first, in the machine's own order; the port after it in the network's.
  private static byte[] four(byte[] host, int port) {
    return ByteBuffer.allocate(16)
        .putShort(0, family(AF_INET))
        .putShort(2, (short) port)
        .put(4, host)
        .array();
  }

  private static byte[] six(byte[] host, int port) {
    return ByteBuffer.allocate(28)
        .putShort(0, family(AF_INET6))
        .putShort(2, (short) port)
        .put(8, host)
        .array();
  }

  private static short family(int family) {
    return Short.reverseBytes((short) family);
  }
}

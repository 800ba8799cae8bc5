package dev.coffey.spec;

/// An address somebody listens at.
///
/// @param host empty for all addresses, or for a Unix socket
/// @param port 0 for a Unix socket
/// @param path of a Unix socket; empty otherwise
public record Listener(Transport transport, String host, int port, String path) {
  /// What is listened with.
  public enum Transport {
    TCP,
    UDP,
    UNIX
  }

  public Listener {
    boolean unix = transport == Transport.UNIX;
    if (unix != !path.isEmpty() || (!unix && (port < 1 || port > 65_535))) {
      throw new IllegalArgumentException(
          "listener must have a port from 1 to 65535 or a path, not %d and '%s'"
              .formatted(port, path));
    }
  }

  /// As it may be written.
  @Override
  public String toString() {
    return switch (transport) {
      case UNIX -> path;
      case TCP -> host + ":" + port;
      case UDP -> host + ":" + port + "/udp";
    };
  }
}

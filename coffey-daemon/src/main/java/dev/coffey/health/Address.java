package dev.coffey.health;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.StandardSocketOptions;

/// A host and a port to connect to, never through a proxy.
record Address(String host, int port) {
  /// Reads `host:port`, `[::1]:port` or `:port`, which means this machine.
  static Address parse(String text) throws IOException {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    String port = text.substring(colon + 1);
    if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new IOException("cannot probe: address must be host:port, not '%s'".formatted(text));
    }
    return new Address(host.isEmpty() ? "localhost" : host, Integer.parseInt(port));
  }

  /// Connects to the first of the host's addresses that accepts: `localhost` may mean two.
  Socket connect() throws IOException {
    IOException refusal = new ConnectException("no address");
    for (InetAddress address : InetAddress.getAllByName(host)) {
      Socket socket = new Socket(Proxy.NO_PROXY);
      try {
        socket.connect(new InetSocketAddress(address, port));
        if (!connectedToItself(socket)) {
          return socket;
        }
        // Without the reset the port would stay in TIME_WAIT, and the service could not bind it.
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        refusal = new ConnectException("Connection refused");
      } catch (IOException e) {
        refusal = e;
      }
      socket.close();
      if (Thread.currentThread().isInterrupted()) {
        break;
      }
    }
    throw new ConnectException("cannot connect to %s: %s".formatted(this, refusal.getMessage()));
  }

  // The kernel may choose the very port that is being connected to as the source: then a port that
  // nobody listens on seems to accept.
  private static boolean connectedToItself(Socket socket) {
    return socket.getLocalSocketAddress().equals(socket.getRemoteSocketAddress());
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}

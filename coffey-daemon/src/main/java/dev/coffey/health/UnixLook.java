package dev.coffey.health;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;

/// Good when a Unix socket accepts a connection.
record UnixLook(String path) implements Look {
  @Override
  public Verdict take() throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(path));
      return Verdict.good("connected to " + path);
    } catch (IOException e) {
      throw new IOException("cannot connect to %s: %s".formatted(path, e.getMessage()), e);
    }
  }
}

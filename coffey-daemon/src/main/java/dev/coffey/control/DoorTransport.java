package dev.coffey.control;

import io.netty.bootstrap.ServerBootstrap;
import io.vertx.core.impl.transports.EpollTransport;
import io.vertx.core.net.NetServerOptions;

/// Netty's epoll transport with a keeper at the Unix socket's door.
///
/// Found by name through the service loader: in a native image that is the only way past a
/// substitution that would give the JDK's transport, which knows no Unix sockets.
public final class DoorTransport extends EpollTransport {
  @Override
  public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
    super.configure(options, domainSocket, bootstrap);
    if (domainSocket) {
      bootstrap.handler(new DoorKeeper());
    }
  }
}

package dev.coffey.control;

import dev.coffey.access.Peer;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.PeerCredentials;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who is at the other end of the connection that is being served.
interface Peers {
  /// The peer, where the kernel tells one.
  Optional<Peer> current();

  /// Asks the socket of the current request. The way there leads through a class that is internal
  /// to Vert.x 4; nothing else in this room knows it.
  static Optional<Peer> ofCurrentConnection() {
    @Nullable Context context = Vertx.currentContext();
    if (context == null) {
      return Optional.empty();
    }
    @Nullable RoutingContext request = context.getLocal(RoutingContext.class.getName());
    if (request == null) {
      return Optional.empty();
    }
    HttpConnection connection = request.request().connection();
    return connection instanceof ConnectionBase base ? of(base.channel()) : Optional.empty();
  }

  /// The peer of a channel: only a Unix socket has one.
  static Optional<Peer> of(Channel channel) {
    if (!(channel instanceof EpollDomainSocketChannel socket)) {
      return Optional.empty();
    }
    try {
      PeerCredentials credentials = socket.peerCredentials();
      int[] groups = credentials.gids();
      return groups.length == 0
          ? Optional.empty()
          : Optional.of(new Peer(credentials.pid(), credentials.uid(), groups[0]));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}

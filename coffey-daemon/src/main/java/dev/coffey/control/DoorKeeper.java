package dev.coffey.control;

import dev.coffey.access.Peer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Lets no user hold more than its share of connections: what comes over is closed at once, before
/// anything has been read from it.
@ChannelHandler.Sharable
final class DoorKeeper extends ChannelInboundHandlerAdapter {
  static final int CONNECTIONS_PER_UID_MAX = 256;

  private static final System.Logger LOG = System.getLogger("coffey.control");

  private final ConcurrentHashMap<Integer, Integer> connections = new ConcurrentHashMap<>();

  @Override
  public void channelRead(ChannelHandlerContext context, Object accepted) {
    Channel connection = (Channel) accepted;
    Optional<Peer> peer = Peers.of(connection);
    if (peer.isPresent() && connections.merge(peer.get().uid(), 1, Integer::sum) <= max()) {
      int uid = peer.get().uid();
      connection.closeFuture().addListener(_ -> leave(uid));
      context.fireChannelRead(accepted);
      return;
    }
    peer.ifPresent(known -> {
      leave(known.uid());
      LOG.log(
          System.Logger.Level.DEBUG,
          "uid {0} has {1} connections; one more is refused",
          known.uid(),
          max());
    });
    connection.unsafe().closeForcibly();
  }

  private void leave(int uid) {
    connections.computeIfPresent(uid, (_, count) -> count == 1 ? null : count - 1);
  }

  private static int max() {
    return CONNECTIONS_PER_UID_MAX;
  }
}

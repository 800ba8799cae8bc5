package dev.coffey.control;

import dev.coffey.access.Access;
import dev.coffey.access.Peer;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The faces behind a plain gRPC server on a Unix socket: everything but Quarkus.
final class FaceServer implements AutoCloseable {
  private static final Peer ROOT = new Peer(1, 0, 0);

  private final EpollEventLoopGroup threads = new EpollEventLoopGroup(2);
  private final Server server;
  private final ManagedChannel channel;

  FaceServer(Path dir, House house) throws IOException {
    this(dir, house, () -> Optional.of(ROOT));
  }

  FaceServer(Path dir, House house, Peers peers) throws IOException {
    this(dir, house, peers, new DaemonFace(house, new Farewell()));
  }

  static FaceServer serving(Path dir, House house, BindableService last) throws IOException {
    return new FaceServer(dir, house, () -> Optional.of(ROOT), last);
  }

  private FaceServer(Path dir, House house, Peers peers, BindableService last) throws IOException {
    DomainSocketAddress address = new DomainSocketAddress(dir.resolve("f.sock").toFile());
    server =
        NettyServerBuilder.forAddress(address)
            .channelType(EpollServerDomainSocketChannel.class)
            .bossEventLoopGroup(threads)
            .workerEventLoopGroup(threads)
            .intercept(new PeerInterceptor(new Access(1000), peers))
            .addService(new ServiceFace(house))
            .addService(new OperationFace(house))
            .addService(new EventFace(house))
            .addService(new LogFace(house))
            .addService(last)
            .build()
            .start();
    channel = channel(dir.resolve("f.sock"), threads);
  }

  static ManagedChannel channel(Path socket, EpollEventLoopGroup threads) {
    return NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
        .eventLoopGroup(threads)
        .channelType(EpollDomainSocketChannel.class)
        .overrideAuthority("localhost")
        .usePlaintext()
        .build();
  }

  ManagedChannel channel() {
    return channel;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }
}

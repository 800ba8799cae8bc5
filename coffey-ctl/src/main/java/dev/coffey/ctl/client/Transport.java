package dev.coffey.ctl.client;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/// One channel over a Unix socket of the JDK, on one thread, without a word to any log.
final class Transport implements AutoCloseable {
  /// Ten thousand services with all they have to say stay well below it.
  private static final int MESSAGE_BYTES_MAX = 64 * 1024 * 1024;

  private static final int CLOSE_MS_MAX = 500;

  /// Kept for good: a logger nobody holds forgets its level.
  private static final List<Logger> SILENCED =
      List.of(Logger.getLogger("io.netty"), Logger.getLogger("io.grpc"));

  private final EventLoopGroup threads;
  private final ManagedChannel connection;
  private final Channel channel;

  private Transport(EventLoopGroup threads, ManagedChannel connection, Channel channel) {
    this.threads = threads;
    this.connection = connection;
    this.channel = channel;
  }

  static Transport to(Path socket, Optional<Trace> trace) {
    SILENCED.forEach(logger -> logger.setLevel(Level.OFF));
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    EventLoopGroup threads =
        new NioEventLoopGroup(1, new DefaultThreadFactory("coffeyctl-transport", true));
    ManagedChannel connection =
        NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(socket))
            .channelFactory(NioDomainSocketChannel::new)
            .eventLoopGroup(threads)
            .usePlaintext()
            .overrideAuthority("coffeyd")
            .directExecutor()
            .disableRetry()
            .maxInboundMessageSize(MESSAGE_BYTES_MAX)
            .build();
    Channel channel =
        trace.map(told -> ClientInterceptors.intercept(connection, told)).orElse(connection);
    return new Transport(threads, connection, channel);
  }

  Channel channel() {
    return channel;
  }

  @Override
  public void close() {
    connection.shutdownNow();
    try {
      // The thread must outlive what the connection still has to do on it.
      connection.awaitTermination(CLOSE_MS_MAX, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    var _ = threads.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
  }
}

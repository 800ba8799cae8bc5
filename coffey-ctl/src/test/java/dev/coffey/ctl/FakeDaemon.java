package dev.coffey.ctl;

import io.grpc.HandlerRegistry;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerMethodDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Answers calls on a real Unix socket as a test told it to; calls it was not told about are not
/// implemented.
final class FakeDaemon implements AutoCloseable {
  private final Path directory;
  private final Map<String, ServerMethodDefinition<?, ?>> methods = new ConcurrentHashMap<>();
  private final List<Object> requests = new CopyOnWriteArrayList<>();
  private final EventLoopGroup threads = new NioEventLoopGroup(1);
  private @Nullable Server server;

  FakeDaemon() {
    try {
      directory = Files.createTempDirectory("ctl");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  Path socket() {
    return directory.resolve("s");
  }

  /// What it was asked, in order.
  List<Object> requests() {
    return List.copyOf(requests);
  }

  <Q, A> FakeDaemon on(MethodDescriptor<Q, A> method, BiConsumer<Q, StreamObserver<A>> answer) {
    BiConsumer<Q, StreamObserver<A>> recorded =
        (request, observer) -> {
          requests.add(request);
          answer.accept(request, observer);
        };
    methods.put(
        method.getFullMethodName(),
        ServerMethodDefinition.create(
            method, ServerCalls.asyncServerStreamingCall(recorded::accept)));
    return this;
  }

  /// Answers with these and ends the call well.
  @SafeVarargs
  final <Q, A> FakeDaemon answer(MethodDescriptor<Q, A> method, A... answers) {
    return on(
        method,
        (request, observer) -> {
          for (A answer : answers) {
            observer.onNext(answer);
          }
          observer.onCompleted();
        });
  }

  <Q, A> FakeDaemon fail(MethodDescriptor<Q, A> method, Throwable failure) {
    return on(method, (request, observer) -> observer.onError(failure));
  }

  FakeDaemon start() {
    try {
      server =
          NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(socket()))
              .channelFactory(NioServerDomainSocketChannel::new)
              .bossEventLoopGroup(threads)
              .workerEventLoopGroup(threads)
              .fallbackHandlerRegistry(new Methods())
              .build()
              .start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  /// Breaks every connection, as a daemon does that dies.
  void stop() {
    Server running = server;
    if (running != null) {
      running.shutdownNow();
      try {
        running.awaitTermination(5, TimeUnit.SECONDS);
        Files.deleteIfExists(socket());
      } catch (InterruptedException | IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    stop();
    var _ = threads.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
    try {
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Methods extends HandlerRegistry {
    @Override
    public @Nullable ServerMethodDefinition<?, ?> lookupMethod(
        String name, @Nullable String authority) {
      return methods.get(name);
    }
  }
}

package dev.coffey.ctl.client;

import dev.coffey.v1.AttachRequest;
import dev.coffey.v1.AttachResponse;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A conversation with one service: what is sent and what comes back are independent of each other.
public final class Attached implements AutoCloseable {
  private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
  private final Function<StatusRuntimeException, CallFailed> failures;
  private final StreamObserver<AttachRequest> requests;
  private boolean over;

  /// What came: a message, or the end for a reason or for none.
  private record News(@Nullable AttachResponse message, @Nullable StatusRuntimeException failure) {}

  /// The call that begins it.
  interface Beginning {
    StreamObserver<AttachRequest> begin(StreamObserver<AttachResponse> answers);
  }

  Attached(Beginning beginning, Function<StatusRuntimeException, CallFailed> failures) {
    this.failures = failures;
    this.requests =
        beginning.begin(
            new StreamObserver<>() {
              @Override
              public void onNext(AttachResponse message) {
                news.add(new News(message, null));
              }

              @Override
              public void onError(Throwable failure) {
                news.add(
                    new News(null, io.grpc.Status.fromThrowable(failure).asRuntimeException()));
              }

              @Override
              public void onCompleted() {
                news.add(new News(null, null));
              }
            });
  }

  /// The next message, however long it takes; empty at the end.
  public Optional<AttachResponse> next() throws InterruptedException {
    News next = news.take();
    if (next.failure() != null) {
      throw failures.apply(next.failure());
    }
    return Optional.ofNullable(next.message());
  }

  /// From any thread; nothing after the end.
  public synchronized void send(AttachRequest request) {
    if (!over) {
      requests.onNext(request);
    }
  }

  /// Leaves; the service goes on.
  @Override
  public synchronized void close() {
    if (!over) {
      over = true;
      requests.onCompleted();
    }
  }
}

package dev.coffey.control;

import dev.coffey.control.Source.Next;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One stream on its way to one reader: takes a message from the source only when the reader has
/// room for it, so that a slow reader costs one message and holds up nobody.
///
/// All of its state belongs to the call's lane; the source is asked on a virtual thread.
final class Outflow<T> {
  private final ServerCallStreamObserver<T> reader;
  private final Lane lane;
  private final AtomicBoolean woken = new AtomicBoolean();
  private @Nullable Source<T> source;
  private @Nullable Thread asking;
  private boolean again;
  private boolean over;

  private Outflow(ServerCallStreamObserver<T> reader, Lane lane) {
    this.reader = reader;
    this.lane = lane;
  }

  /// Makes a source that says through `wake` when it may have more.
  interface Opening<T> {
    Source<T> open(Runnable wake) throws IOException, InterruptedException;
  }

  /// Begins a stream; must be called on the thread that serves the call. The source is made on a
  /// virtual thread.
  static <T> void begin(StreamObserver<T> observer, Opening<T> opening) {
    Outflow<T> outflow = new Outflow<>((ServerCallStreamObserver<T>) observer, Lane.current());
    outflow.reader.setOnCancelHandler(() -> outflow.lane.run(outflow::cancelled));
    outflow.reader.setOnReadyHandler(outflow::wake);
    outflow.ask(() -> {
      Source<T> opened = opening.open(outflow::wake);
      outflow.lane.run(() -> outflow.opened(opened));
      outflow.wake();
      return Next.nothing();
    });
  }

  private void opened(Source<T> opened) {
    source = opened;
    if (over) {
      release();
    }
  }

  /// There may be more, or more room; from any thread.
  private void wake() {
    if (woken.compareAndSet(false, true)) {
      lane.run(() -> {
        woken.set(false);
        step();
      });
    }
  }

  private void step() {
    if (over) {
      return;
    }
    if (asking != null) {
      again = true;
      return;
    }
    @Nullable Source<T> open = source;
    if (open != null && reader.isReady()) {
      again = false;
      ask(open::next);
    }
  }

  /// A question that may block.
  private interface Question<T> {
    Next<T> put() throws IOException, InterruptedException;
  }

  private void ask(Question<T> question) {
    Thread thread = Thread.ofVirtual().name("stream").unstarted(() -> answer(question));
    asking = thread;
    thread.start();
  }

  private void answer(Question<T> question) {
    try {
      Next<T> next = question.put();
      lane.run(() -> deliver(next));
    } catch (StatusRuntimeException e) {
      lane.run(() -> fail(e));
    } catch (InterruptedException e) {
      lane.run(() -> fail(Failure.shuttingDown()));
    } catch (IOException | RuntimeException e) {
      lane.run(() -> fail(Calls.fault(e)));
    }
  }

  private void deliver(Next<T> next) {
    asking = null;
    if (over) {
      release();
      return;
    }
    @Nullable T message = next.message();
    if (message != null) {
      reader.onNext(message);
    }
    if (next.last()) {
      over = true;
      reader.onCompleted();
      release();
    } else if (message != null || again) {
      step();
    }
  }

  private void fail(StatusRuntimeException why) {
    asking = null;
    if (!over) {
      over = true;
      reader.onError(why);
    }
    release();
  }

  private void cancelled() {
    over = true;
    @Nullable Thread busy = asking;
    if (busy != null) {
      busy.interrupt();
    } else {
      release();
    }
  }

  private void release() {
    @Nullable Source<T> held = source;
    source = null;
    if (held != null) {
      held.close();
    }
  }
}

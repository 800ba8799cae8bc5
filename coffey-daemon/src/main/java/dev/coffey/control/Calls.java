package dev.coffey.control;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;

/// Serves calls that have one answer: on a virtual thread, so that it may wait for the loop or read
/// a file, and interrupted when the caller has gone.
final class Calls {
  private static final System.Logger LOG = System.getLogger("coffey.control");

  private Calls() {}

  /// What a call does.
  interface Work<T> {
    T result() throws IOException, InterruptedException;
  }

  /// Begins the work; must be called on the thread that serves the call.
  static <T> void answer(StreamObserver<T> observer, Work<T> work) {
    ServerCallStreamObserver<T> caller = (ServerCallStreamObserver<T>) observer;
    Lane lane = Lane.current();
    Thread thread = Thread.ofVirtual().name("call").unstarted(() -> perform(caller, lane, work));
    caller.setOnCancelHandler(thread::interrupt);
    thread.start();
  }

  private static <T> void perform(ServerCallStreamObserver<T> caller, Lane lane, Work<T> work) {
    try {
      T result = work.result();
      lane.run(() -> {
        caller.onNext(result);
        caller.onCompleted();
      });
    } catch (StatusRuntimeException e) {
      lane.run(() -> caller.onError(e));
    } catch (InterruptedException e) {
      lane.run(() -> caller.onError(Failure.shuttingDown()));
    } catch (IOException | RuntimeException e) {
      lane.run(() -> caller.onError(fault(e)));
    }
  }

  /// What a caller is told about a fault of our own; the log is told the rest.
  static StatusRuntimeException fault(Exception e) {
    LOG.log(System.Logger.Level.ERROR, "cannot serve a call", e);
    return Failure.fault();
  }
}

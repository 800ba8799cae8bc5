package dev.coffey.control;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// Runs what belongs to one call in order, one thing at a time.
interface Lane {
  System.Logger LOG = System.getLogger("coffey.control");

  /// Hands over a short piece of work from any thread.
  void run(Runnable work);

  /// The lane of the call that is being served on this thread: its connection's event loop, where
  /// writing is cheapest and "is there room" is exact.
  static Lane current() {
    @Nullable Context context = Vertx.currentContext();
    return context == null ? serial() : work -> handOver(context, work);
  }

  /// At the daemon's end the loops stop while answers are still on their way: nobody is there to
  /// read them.
  private static void handOver(Context context, Runnable work) {
    try {
      context.runOnContext(_ -> work.run());
    } catch (RejectedExecutionException ended) {
      LOG.log(Level.DEBUG, "an answer came after the end of its connection");
    }
  }

  /// A lane on virtual threads, where there is no event loop.
  static Lane serial() {
    return new Lane() {
      private final Deque<Runnable> waiting = new ArrayDeque<>();
      private boolean busy;

      @Override
      public void run(Runnable work) {
        synchronized (waiting) {
          waiting.add(work);
          if (!busy) {
            busy = true;
            Thread.ofVirtual().name("call").start(this::drain);
          }
        }
      }

      private void drain() {
        while (true) {
          Runnable next;
          synchronized (waiting) {
            @Nullable Runnable first = waiting.poll();
            if (first == null) {
              busy = false;
              return;
            }
            next = first;
          }
          next.run();
        }
      }
    };
  }
}

package dev.coffey.events;

import java.util.concurrent.atomic.AtomicInteger;

/// Wakes one listener without waiting for it: rings while it is busy become one more call after.
final class Bell {
  private static final int IDLE = 0;
  private static final int BUSY = 1;
  private static final int BUSY_AND_RUNG = 2;

  private static final System.Logger LOG = System.getLogger("coffey.events");

  private final Runnable listener;
  private final AtomicInteger state = new AtomicInteger(IDLE);

  Bell(Runnable listener) {
    this.listener = listener;
  }

  void ring() {
    int before = state.getAndUpdate(now -> now == IDLE ? BUSY : BUSY_AND_RUNG);
    if (before == IDLE) {
      Thread.ofVirtual().name("event-listener").start(this::call);
    }
  }

  // The thread's root: one listener's fault is its own.
  private void call() {
    do {
      state.set(BUSY);
      try {
        listener.run();
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "event listener failed", e);
      }
    } while (!state.compareAndSet(BUSY, IDLE));
  }
}

package dev.coffey.control;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Wakes a stream after a while, so that it can say that nothing has happened.
final class Alarm {
  private final Runnable wake;
  private final AtomicBoolean set = new AtomicBoolean();

  Alarm(Runnable wake) {
    this.wake = wake;
  }

  /// Set already, it stays as it is.
  void in(Duration delay) {
    if (set.compareAndSet(false, true)) {
      CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> {
            set.set(false);
            wake.run();
          });
    }
  }
}

package dev.coffey.distribution;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/// Waits for what shall become true, up to a deadline.
final class Wait {
  private static final long PATIENCE_SECONDS = 120;
  private static final long POLL_MS = 20;

  private Wait() {}

  static void until(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("after %d s still not: %s".formatted(PATIENCE_SECONDS, what));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
  }
}

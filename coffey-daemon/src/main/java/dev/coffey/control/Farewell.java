package dev.coffey.control;

import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Lets those who wait for the daemon's end hear of it before the socket closes.
final class Farewell {
  static final Duration WAIT_MAX = Duration.ofMillis(500);

  private final Phaser listeners = new Phaser(1);

  void enter() {
    listeners.register();
  }

  void leave() {
    listeners.arriveAndDeregister();
  }

  void await() throws InterruptedException {
    int phase = listeners.arrive();
    try {
      listeners.awaitAdvanceInterruptibly(phase, WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      // Somebody does not read; nobody waits for one who does not.
    }
  }
}

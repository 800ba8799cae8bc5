package dev.coffey.control;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Lets those who wait for the daemon's end hear of it before the socket closes.
@Singleton
final class Farewell {
  private static final Duration WAIT_MAX = Duration.ofMillis(500);

  private final Phaser listeners = new Phaser(1);

  void enter() {
    listeners.register();
  }

  void leave() {
    listeners.arriveAndDeregister();
  }

  void closing(@Observes ShutdownEvent event) {
    int phase = listeners.arrive();
    try {
      listeners.awaitAdvanceInterruptibly(phase, WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      // Somebody does not read; nobody waits for one who does not.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

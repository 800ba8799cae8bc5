package dev.coffey.supervisor;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/// Notices a loop that does not come back from an event, and says where it is.
final class Watchdog {
  static final Duration STUCK_AFTER = Duration.ofSeconds(5);

  private static final System.Logger LOG = System.getLogger("coffey.supervisor");

  private Watchdog() {}

  /// Watches until the loop's thread has ended.
  static void over(Thread loop, LongSupplier busySinceNanos) {
    Thread.ofVirtual().name("coffey-watchdog").start(() -> watch(loop, busySinceNanos));
  }

  private static void watch(Thread loop, LongSupplier busySinceNanos) {
    long told = 0;
    try {
      while (!loop.join(STUCK_AFTER)) {
        long since = busySinceNanos.getAsLong();
        boolean stuck = since != 0 && System.nanoTime() - since > STUCK_AFTER.toNanos();
        if (stuck && told != since) {
          told = since;
          LOG.log(
              System.Logger.Level.ERROR,
              "the loop has been busy with one event for more than %d s:%n  %s"
                  .formatted(
                      STUCK_AFTER.toSeconds(),
                      String.join(
                          "\n  ",
                          Arrays.stream(loop.getStackTrace())
                              .map(StackTraceElement::toString)
                              .toList())));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

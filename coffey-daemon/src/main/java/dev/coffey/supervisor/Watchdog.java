package dev.coffey.supervisor;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// Notices a loop that does not come back from an event, and says where it is.
final class Watchdog {
  static final Duration STUCK_AFTER = Duration.ofSeconds(5);

  private static final System.Logger LOG = System.getLogger("coffey.supervisor");

  private Watchdog() {}

  /// Watches until the loop's thread has ended.
  static void over(Thread loop, LongSupplier busySinceNanos) {
    over(loop, busySinceNanos, STUCK_AFTER, what -> LOG.log(System.Logger.Level.ERROR, what));
  }

  /// @param busySinceNanos when the event it is at was taken, or 0 between events
  static void over(
      Thread loop, LongSupplier busySinceNanos, Duration patience, Consumer<String> complaints) {
    Thread.ofVirtual()
        .name("coffey-watchdog")
        .start(() -> watch(loop, busySinceNanos, patience, complaints));
  }

  private static void watch(
      Thread loop, LongSupplier busySinceNanos, Duration patience, Consumer<String> complaints) {
    long told = 0;
    try {
      while (!loop.join(patience)) {
        long since = busySinceNanos.getAsLong();
        boolean stuck = since != 0 && System.nanoTime() - since > patience.toNanos();
        if (stuck && told != since) {
          told = since;
          complaints.accept(
              "the loop has been busy with one event for more than %d ms:%n  %s"
                  .formatted(patience.toMillis(), where(loop)));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String where(Thread loop) {
    return Arrays.stream(loop.getStackTrace())
        .map(StackTraceElement::toString)
        .collect(Collectors.joining("\n  "));
  }
}

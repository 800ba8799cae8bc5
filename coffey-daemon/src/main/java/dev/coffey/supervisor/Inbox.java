package dev.coffey.supervisor;

import dev.coffey.fleet.FleetEvent;
import dev.coffey.fleet.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What the loop has yet to hear, in order. Full, it makes those who post wait: nothing is dropped.
final class Inbox {
  static final int MESSAGES_MAX = 1 << 17;

  /// The longest single wait; only so that the arithmetic stays in range.
  private static final Duration WAIT_MAX = Duration.ofDays(1);

  private final BlockingQueue<Message> queue = new LinkedBlockingQueue<>(MESSAGES_MAX);

  /// An event, and who wants to know what became of it.
  record Message(FleetEvent event, @Nullable CompletableFuture<Submission> answer) {}

  void post(Message message) {
    boolean interrupted = false;
    while (true) {
      try {
        queue.put(message);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Answers those who will not be heard any more.
  void refuseAll() {
    for (Message message = queue.poll(); message != null; message = queue.poll()) {
      if (message.answer() != null) {
        message
            .answer()
            .complete(
                new Submission.Declined(
                    new Reply.Refused(
                        Reply.Refusal.SHUTTING_DOWN, "the daemon has shut down", List.of())));
      }
    }
  }

  /// The next message, or `null` when none has come within the wait.
  @Nullable Message take(Duration wait) throws InterruptedException {
    Duration bounded = wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait;
    return bounded.isPositive()
        ? queue.poll(bounded.toNanos(), TimeUnit.NANOSECONDS)
        : queue.poll();
  }
}

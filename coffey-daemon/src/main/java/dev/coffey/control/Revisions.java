package dev.coffey.control;

import com.google.rpc.Code;
import dev.coffey.supervisor.Subscription;
import dev.coffey.supervisor.Supervisor;
import dev.coffey.v1.ErrorReason;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Waits for a revision that a caller has heard of, so that it reads what it has written.
final class Revisions {
  static final Duration WAIT_MAX = Duration.ofSeconds(30);

  private final Supervisor supervisor;

  Revisions(Supervisor supervisor) {
    this.supervisor = supervisor;
  }

  void await(long revision) throws InterruptedException {
    if (reached(revision)) {
      return;
    }
    Semaphore news = new Semaphore(0);
    long end = System.nanoTime() + WAIT_MAX.toNanos();
    try (Subscription _ = supervisor.watch(news::release)) {
      while (!reached(revision)) {
        if (!news.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          String last = Long.toString(supervisor.snapshot().revision());
          throw Failure.of(
              Code.DEADLINE_EXCEEDED,
              ErrorReason.ERROR_REASON_REVISION_NOT_REACHED,
              "revision %d was not reached; the last one is %s".formatted(revision, last),
              Map.of("given", Long.toString(revision), "last", last));
        }
        news.drainPermits();
      }
    }
  }

  private boolean reached(long revision) {
    return supervisor.snapshot().revision() >= revision;
  }
}

package dev.coffey.health;

import dev.coffey.lifecycle.ProbeOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One probe under way: answered exactly once, unless it is cancelled.
final class Flight {
  /// What an interrupted look has to clean up before its answer is given without it.
  private static final Duration GRACE = Duration.ofMillis(500);

  private static final System.Logger LOG = System.getLogger("coffey.health");

  private final Look look;
  private final Duration timeout;
  private final ScheduledExecutorService deadlines;
  private final Consumer<ProbeOutcome> listener;
  private final AtomicBoolean answered = new AtomicBoolean();
  private final CountDownLatch landed = new CountDownLatch(1);
  private final long startedNanos = System.nanoTime();
  private volatile boolean expired;
  private volatile boolean overdue;
  private volatile @Nullable Thread worker;

  Flight(
      Look look,
      Duration timeout,
      ScheduledExecutorService deadlines,
      Consumer<ProbeOutcome> listener) {
    this.look = look;
    this.timeout = timeout;
    this.deadlines = deadlines;
    this.listener = listener;
  }

  /// Takes off; `onLanding` runs before the answer, so that a new probe may follow it at once.
  void start(String name, Runnable onLanding) {
    Thread thread = Thread.ofVirtual().name(name).unstarted(() -> fly(onLanding));
    worker = thread;
    thread.start();
  }

  /// Whether it was answered for because it would not end.
  boolean overdue() {
    return overdue;
  }

  void cancel() {
    answered.set(true);
    interrupt();
  }

  void await(Duration limit) {
    try {
      boolean _ = landed.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fly(Runnable onLanding) {
    Future<?> deadline = deadlines.schedule(this::expire, timeout.toNanos(), TimeUnit.NANOSECONDS);
    Verdict verdict = verdict();
    deadline.cancel(false);
    onLanding.run();
    landed.countDown();
    answer(expired ? late() : verdict);
  }

  // The thread's root: a fault in one way of looking is a bad verdict, not the end of anything.
  private Verdict verdict() {
    try {
      return look.take();
    } catch (IOException e) {
      return Verdict.bad(sentence(e));
    } catch (InterruptedException e) {
      return Verdict.bad("cancelled");
    } catch (RuntimeException e) {
      if (!expired && !answered.get()) {
        LOG.log(System.Logger.Level.WARNING, "probe failed by a fault of its own", e);
      }
      return Verdict.bad("cannot probe: " + sentence(e));
    }
  }

  private void expire() {
    expired = true;
    interrupt();
    Future<?> _ = deadlines.schedule(this::giveUp, GRACE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void giveUp() {
    overdue = landed.getCount() > 0;
    if (overdue) {
      answer(late());
    }
  }

  private void interrupt() {
    Thread thread = worker;
    if (thread != null) {
      thread.interrupt();
    }
  }

  private Verdict late() {
    return Verdict.bad("no answer within %d ms".formatted(timeout.toMillis()));
  }

  private void answer(Verdict verdict) {
    if (answered.compareAndSet(false, true)) {
      Duration latency = Duration.ofNanos(System.nanoTime() - startedNanos);
      listener.accept(new ProbeOutcome(verdict.good(), verdict.detail(), latency));
    }
  }

  private static String sentence(Exception e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }
}

package dev.coffey.health;

import dev.coffey.lifecycle.ExitStatus;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One probe's process on its way.
final class ProbeProcess {
  private final ProbeOutput output;
  private final CountDownLatch end = new CountDownLatch(1);
  private final CountDownLatch gone = new CountDownLatch(1);
  private volatile boolean good;
  private volatile String how = "";

  ProbeProcess(ProbeOutput output) {
    this.output = output;
  }

  ProbeOutput output() {
    return output;
  }

  void failed(String why) {
    how = why;
    end.countDown();
    gone.countDown();
  }

  void ended(ExitStatus status) {
    good = status.equals(new ExitStatus.Exited(0));
    how = status.described();
    end.countDown();
  }

  void gone() {
    end.countDown();
    gone.countDown();
  }

  boolean awaitEnd(Duration limit) throws InterruptedException {
    return end.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  void awaitGone(Duration limit) {
    try {
      boolean _ = gone.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Good for exit 0; with the end of what it wrote.
  Verdict verdict() {
    String said = output.text();
    return new Verdict(good, said.isEmpty() ? how : how + ": " + said);
  }

  void close() {
    output.close();
  }
}

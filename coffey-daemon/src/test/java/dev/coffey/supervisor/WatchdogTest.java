package dev.coffey.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private static final Duration PATIENCE = Duration.ofMillis(20);

  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicLong busySince = new AtomicLong();
  private final BlockingQueue<String> complaints = new LinkedBlockingQueue<>();

  private Thread loop() {
    return Thread.ofPlatform().start(this::hangInHere);
  }

  private void hangInHere() {
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void stuckLoopIsToldOfOnceForEachEventWithThePlaceWhereItIs() throws InterruptedException {
    Thread loop = loop();
    busySince.set(System.nanoTime() | 1);
    Watchdog.over(loop, busySince::get, PATIENCE, complaints::add);

    assertThat(complaints.poll(60, TimeUnit.SECONDS)).contains("hangInHere");

    busySince.set(System.nanoTime() | 1);
    assertThat(complaints.poll(60, TimeUnit.SECONDS)).contains("for more than 20 ms");
    released.countDown();
    loop.join();
    assertThat(complaints).as("one complaint for each event").isEmpty();
  }

  @Test
  void loopThatWaitsForEventsIsNotStuck() throws InterruptedException {
    Thread loop = loop();
    CountDownLatch looked = new CountDownLatch(3);
    Watchdog.over(
        loop,
        () -> {
          looked.countDown();
          return 0;
        },
        PATIENCE,
        complaints::add);

    assertThat(looked.await(60, TimeUnit.SECONDS)).isTrue();
    released.countDown();
    loop.join();

    assertThat(complaints).isEmpty();
  }
}

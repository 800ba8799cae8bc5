package dev.coffey.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.control.Source.Next;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutflowTest {
  private final Reader reader = new Reader();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final AtomicInteger available = new AtomicInteger();
  private final AtomicReference<@Nullable Runnable> waker = new AtomicReference<>();

  /// A reader whose room the test decides.
  private static final class Reader extends ServerCallStreamObserver<Integer> {
    final List<Integer> got = new CopyOnWriteArrayList<>();
    volatile boolean ready;
    volatile Status failed = Status.OK;
    private volatile Runnable onReady = () -> {};
    private volatile Runnable onCancel = () -> {};

    void room(boolean room) {
      ready = room;
      onReady.run();
    }

    void leave() {
      onCancel.run();
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {
      onCancel = handler;
    }

    @Override
    public void setCompression(String compression) {}

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {
      onReady = handler;
    }

    @Override
    public void request(int count) {}

    @Override
    public void setMessageCompression(boolean enable) {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void onNext(Integer message) {
      got.add(message);
    }

    @Override
    public void onError(Throwable why) {
      failed = Status.fromThrowable(why);
    }

    @Override
    public void onCompleted() {}
  }

  private final class Counting implements Source<Integer> {
    private int given;

    @Override
    public Next<Integer> next() {
      asked.incrementAndGet();
      return given < available.get() ? Next.of(given++) : Next.nothing();
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  private void begin() {
    Outflow.begin(
        reader,
        wake -> {
          waker.set(wake);
          return new Counting();
        });
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      Thread.sleep(1);
    }
  }

  private Runnable awaitWaker() throws InterruptedException {
    await(() -> waker.get() != null);
    return Objects.requireNonNull(waker.get());
  }

  @Test
  void aReaderWithoutRoomIsNotSentToAndTheSourceIsNotAsked() throws InterruptedException {
    available.set(1000);
    begin();
    Runnable wake = awaitWaker();
    for (int i = 0; i < 100; i++) {
      wake.run();
    }

    assertThat(asked).hasValue(0);

    reader.room(true);
    await(() -> reader.got.size() == 1000);

    assertThat(reader.got).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aWakeWhileTheSourceIsBeingAskedIsNotLost() throws InterruptedException {
    reader.ready = true;
    begin();
    Runnable wake = awaitWaker();
    for (int i = 1; i <= 2000; i++) {
      available.set(i);
      wake.run();
    }

    await(() -> reader.got.size() == 2000);

    assertThat(reader.got).isSorted();
  }

  @Test
  void aReaderThatLeavesLetsGoOfTheSource() throws InterruptedException {
    reader.ready = true;
    begin();
    await(() -> asked.get() > 0);

    reader.leave();
    await(() -> closed.get() == 1);

    available.set(5);
    awaitWaker().run();
    assertThat(reader.got).isEmpty();
  }

  @Test
  void aReaderThatLeavesWhileTheSourceBlocksInterruptsIt() throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);
    reader.ready = true;
    Outflow.begin(
        reader,
        _ -> {
          asked.incrementAndGet();
          try {
            new CountDownLatch(1).await();
          } finally {
            interrupted.countDown();
          }
          return new Counting();
        });
    await(() -> asked.get() == 1);

    reader.leave();

    interrupted.await();
    assertThat(reader.got).isEmpty();
  }

  @Test
  void aFaultOfTheSourceEndsTheStreamAsOurFault() throws InterruptedException {
    Outflow.begin(
        reader,
        _ -> {
          throw new IllegalStateException("no such thing");
        });

    await(() -> reader.failed.getCode() == Status.Code.INTERNAL);

    assertThat(reader.failed.getDescription()).doesNotContain("no such thing");
  }
}

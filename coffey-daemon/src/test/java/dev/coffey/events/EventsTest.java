package dev.coffey.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventsTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private static void append(Events events, int count) {
    for (int i = 0; i < count; i++) {
      events.append(NOON, News.of(i % 2 == 0 ? "service.started" : "service.exited"));
    }
  }

  private static List<Long> numbers(Page page) {
    return page.events().stream().map(Event::seq).toList();
  }

  @Test
  void aReaderGoesOnAfterTheNumberItHas() {
    Events events = new Events(100, 0);
    append(events, 5);

    Page first = events.read(0, 3);
    Page second = events.read(first.cursor(), 3);

    assertThat(numbers(first)).containsExactly(1L, 2L, 3L);
    assertThat(first.atEnd()).isFalse();
    assertThat(numbers(second)).containsExactly(4L, 5L);
    assertThat(second.atEnd()).isTrue();
    assertThat(second.missed()).isZero();
  }

  @Test
  void aReaderThatHasFallenBehindIsToldExactlyHowManyItMissed() {
    Events events = new Events(10, 0);
    append(events, 25);

    Page page = events.read(3, 100);

    assertThat(page.missed()).isEqualTo(12);
    assertThat(numbers(page)).first().isEqualTo(16L);
    assertThat(numbers(page)).hasSize(10);
  }

  @Test
  void theSequenceGoesOnWhereAnEarlierDaemonEnded() {
    Events events = new Events(10, 41);

    Event event = events.append(NOON, News.of("daemon.phase"));

    assertThat(event.seq()).isEqualTo(42);
    assertThat(events.read(40, 10).missed()).isEqualTo(1);
  }

  @Test
  void aCursorAheadOfTheSequenceIsRefused() {
    Events events = new Events(10, 0);
    append(events, 2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> events.read(3, 10))
        .withMessage("event cursor must be from 0 to 2, not 3");
  }

  @Test
  void whatDoesNotFitMovesTheCursorAllTheSame() {
    Events events = new Events(5000, 0);
    append(events, 3000);

    Page page = events.read(0, 10, event -> event.seq() == 2999);

    assertThat(page.events()).isEmpty();
    assertThat(page.cursor()).isEqualTo(Events.SCAN_EVENTS_MAX);
    assertThat(page.atEnd()).isFalse();
  }

  @Test
  void theLastOnesThatFitAreFoundFromTheEnd() {
    Events events = new Events(100, 0);
    append(events, 20);

    long cursor = events.cursorBeforeLast(3, e -> e.news().topic().equals("service.started"));

    assertThat(cursor).isEqualTo(14);
    assertThat(events.cursorBeforeLast(0, _ -> true)).isEqualTo(20);
    assertThat(events.cursorBeforeLast(1000, _ -> true)).isZero();
  }

  @Test
  void aListenerThatHangsHoldsNobodyUpAndIsCalledOnceMoreAfter() throws InterruptedException {
    Events events = new Events(100, 0);
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch called = new CountDownLatch(2);
    CountDownLatch release = new CountDownLatch(1);
    try (Subscription _ =
        events.listen(() -> {
          called.countDown();
          first.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        })) {

      append(events, 1);
      assertThat(first.await(60, TimeUnit.SECONDS)).isTrue();

      append(events, 49);

      assertThat(events.last()).isEqualTo(50);
      assertThat(called.getCount()).isEqualTo(1);
      release.countDown();
      assertThat(called.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void readersThatAreWokenMissNothing() throws InterruptedException {
    Events events = new Events(100_000, 0);
    List<Long> seen = new ArrayList<>();
    CountDownLatch all = new CountDownLatch(4000);
    long[] cursor = {0};
    try (Subscription _ =
        events.listen(() -> {
          Page page;
          do {
            page = events.read(cursor[0], 7);
            cursor[0] = page.cursor();
            page.events()
                .forEach(event -> {
                  seen.add(event.seq());
                  all.countDown();
                });
          } while (!page.atEnd());
        })) {
      List<Thread> writers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        writers.add(Thread.ofVirtual().start(() -> append(events, 1000)));
      }
      for (Thread writer : writers) {
        writer.join();
      }

      assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(seen).containsExactlyElementsOf(LongStream.rangeClosed(1, 4000).boxed().toList());
  }

  @Test
  void anEventIsBounded() {
    News news = News.of("service.exited").because("x".repeat(5000));

    assertThat(news.reason()).hasSize(News.REASON_CHARS_MAX + 1);
    assertThatIllegalArgumentException().isThrownBy(() -> News.of("Service Exited"));
  }
}

package dev.coffey.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.coffey.events.News;
import dev.coffey.spec.ServiceName;
import dev.coffey.v1.Event;
import dev.coffey.v1.EventReaderGrpc;
import dev.coffey.v1.ServiceSelector;
import dev.coffey.v1.WatchEventsRequest;
import dev.coffey.v1.WatchEventsResponse;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFaceTest {
  @TempDir Path dir;

  private TestHouse house;
  private FaceServer server;

  @BeforeEach
  void open() throws Exception {
    house = new TestHouse(dir, Plans.of(Plans.service("db"), Plans.service("api")));
    server = new FaceServer(dir, house.house());
  }

  @AfterEach
  void close() {
    server.close();
    house.close();
  }

  private void happen(String topic, String service) {
    house.events.append(
        Instant.now(), News.of(topic).about(new ServiceName(service), null).change("a", "b"));
  }

  private Iterator<WatchEventsResponse> watch(WatchEventsRequest.Builder request) {
    return EventReaderGrpc.newBlockingStub(server.channel())
        .withDeadlineAfter(60, TimeUnit.SECONDS)
        .watchEvents(request.build());
  }

  private List<Event> past(WatchEventsRequest.Builder request) {
    List<Event> events = new ArrayList<>();
    ImmutableList.copyOf(watch(request)).forEach(batch -> events.addAll(batch.getEventsList()));
    return events;
  }

  @Test
  void pastEventsAreSelectedByTopicAndService() {
    happen("service.started", "db");
    happen("service.started", "api");
    happen("probe.degraded", "api");

    assertThat(past(WatchEventsRequest.newBuilder().setLast(10).addTopics("service.*"))).hasSize(2);
    assertThat(
            past(
                WatchEventsRequest.newBuilder()
                    .setAfterSeq(0)
                    .setSelector(ServiceSelector.newBuilder().addNames("api"))))
        .extracting(Event::getSeq)
        .containsExactly(2L, 3L);
    assertThat(past(WatchEventsRequest.newBuilder().setLast(1)))
        .extracting(Event::getTopic)
        .containsExactly("probe.degraded");
  }

  @Test
  void aFollowerGetsEveryEventOnceOverTheSeamOfPastAndPresent() {
    for (int i = 0; i < 500; i++) {
      happen("service.started", "db");
    }
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 0; i < 500; i++) {
                happen("service.exited", "api");
              }
            });
    var watch = watch(WatchEventsRequest.newBuilder().setAfterSeq(0).setFollow(true));

    List<Long> seen = new ArrayList<>();
    int caughtUp = 0;
    while (seen.size() < 1000) {
      WatchEventsResponse batch = watch.next();
      batch.getEventsList().forEach(event -> seen.add(event.getSeq()));
      caughtUp += batch.getCaughtUp() ? 1 : 0;
    }

    assertThat(seen).containsExactlyElementsOf(LongStream.rangeClosed(1, 1000).boxed().toList());
    assertThat(caughtUp).isEqualTo(1);
    assertThat(writer.isAlive()).isIn(true, false);
  }

  @Test
  void aReaderThatHasFallenBehindIsToldHowManyItMissed() {
    for (int i = 0; i < 1200; i++) {
      happen("service.started", "db");
    }

    WatchEventsResponse first = watch(WatchEventsRequest.newBuilder().setAfterSeq(50)).next();

    assertThat(first.getMissed()).isEqualTo(150);
    assertThat(first.getEvents(0).getSeq()).isEqualTo(201);
  }

  @Test
  void aCursorOfAnotherDaemonIsRefused() throws Exception {
    happen("service.started", "db");

    Failed failed = Failed.of(() -> watch(WatchEventsRequest.newBuilder().setAfterSeq(99)).next());

    assertThat(failed.code()).isEqualTo(Status.Code.OUT_OF_RANGE);
    assertThat(failed.reason()).isEqualTo("CURSOR_AHEAD");
    assertThat(failed.facts()).containsEntry("last", "1");
  }

  @Test
  void aTopicThatIsNoneIsRefused() throws Exception {
    var request = WatchEventsRequest.newBuilder().addTopics("serv*");

    assertThat(Failed.of(() -> watch(request).next()).reason()).isEqualTo("BAD_FIELD");
  }
}

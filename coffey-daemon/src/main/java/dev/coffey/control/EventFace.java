package dev.coffey.control;

import dev.coffey.events.Event;
import dev.coffey.events.TopicPattern;
import dev.coffey.fleet.Fleet;
import dev.coffey.lifecycle.RunId;
import dev.coffey.spec.ServiceName;
import dev.coffey.v1.EventReaderGrpc;
import dev.coffey.v1.WatchEventsRequest;
import dev.coffey.v1.WatchEventsResponse;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads what happened.
@GrpcService
final class EventFace extends EventReaderGrpc.EventReaderImplBase {
  static final int TOPICS_MAX = 32;

  private final House house;

  @Inject
  EventFace(House house) {
    this.house = house;
  }

  @Override
  public void watchEvents(
      WatchEventsRequest request, StreamObserver<WatchEventsResponse> observer) {
    Outflow.begin(
        observer, wake -> new EventSource(house.events(), request, filter(request), wake));
  }

  private Predicate<Event> filter(WatchEventsRequest request) {
    Predicate<Event> topics = topics(request.getTopicsList());
    Predicate<Event> services = services(request);
    Instant since = request.hasSince() ? WallTime.instant(request.getSince()) : Instant.MIN;
    Instant until = request.hasUntil() ? WallTime.instant(request.getUntil()) : Instant.MAX;
    return event ->
        topics.test(event)
            && services.test(event)
            && !event.time().isBefore(since)
            && event.time().isBefore(until)
            && (!request.hasRunId() || isRun(event, request.getRunId()));
  }

  private static boolean isRun(Event event, long wanted) {
    @Nullable RunId run = event.news().run();
    return run != null && run.value() == wanted;
  }

  private static Predicate<Event> topics(List<String> asked) {
    if (asked.size() > TOPICS_MAX) {
      throw Failure.badField(
          "topics", asked.size() + " patterns", "up to %d patterns".formatted(TOPICS_MAX));
    }
    List<TopicPattern> patterns = new ArrayList<>();
    for (String text : asked) {
      try {
        patterns.add(TopicPattern.parse(text));
      } catch (IllegalArgumentException e) {
        throw Failure.badField("topics", text, "dotted words with '*', '**' and '(a|b)'");
      }
    }
    return event ->
        patterns.isEmpty()
            || patterns.stream().anyMatch(pattern -> pattern.matches(event.news().topic()));
  }

  private Predicate<Event> services(WatchEventsRequest request) {
    Selection selection = Selection.of(request.getSelector());
    if (selection.everything()) {
      return _ -> true;
    }
    Fleet now = house.supervisor().snapshot().fleet();
    var _ = selection.inFleet(now);
    return event -> {
      @Nullable ServiceName about = event.news().service();
      Fleet fleet = house.supervisor().snapshot().fleet();
      return about != null
          && fleet.service(about).filter(one -> selection.fits(one, fleet.plan())).isPresent();
    };
  }
}

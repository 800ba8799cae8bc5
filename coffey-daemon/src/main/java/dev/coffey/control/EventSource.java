package dev.coffey.control;

import com.google.rpc.Code;
import dev.coffey.events.Event;
import dev.coffey.events.Events;
import dev.coffey.events.Page;
import dev.coffey.events.Subscription;
import dev.coffey.v1.ErrorReason;
import dev.coffey.v1.WatchEventsRequest;
import dev.coffey.v1.WatchEventsResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;

/// Events for one reader: first those of the past, then those that come.
final class EventSource implements Source<WatchEventsResponse> {
  static final int EVENTS_PER_MESSAGE_MAX = 256;

  private final Events events;
  private final Predicate<Event> fits;
  private final boolean follow;
  private final Instant until;
  private final long pastEnd;
  private final Subscription subscription;
  private final Alarm alarm;
  private final boolean tellsMissed;
  private long cursor;
  private boolean caughtUp;

  EventSource(Events events, WatchEventsRequest request, Predicate<Event> fits, Runnable wake) {
    this.events = events;
    this.fits = fits;
    this.follow = request.getFollow();
    this.until = request.hasUntil() ? WallTime.instant(request.getUntil()) : Instant.MAX;
    this.subscription = events.listen(wake);
    this.alarm = new Alarm(wake);
    this.pastEnd = events.last();
    this.tellsMissed = request.hasAfterSeq();
    try {
      this.cursor = start(request);
    } catch (RuntimeException e) {
      subscription.close();
      throw e;
    }
  }

  private long start(WatchEventsRequest request) {
    long after = request.getAfterSeq();
    if (after < 0 || after > pastEnd) {
      throw Failure.of(
          Code.OUT_OF_RANGE,
          ErrorReason.ERROR_REASON_CURSOR_AHEAD,
          "after_seq must be from 0 to %d, not %d".formatted(pastEnd, after),
          Map.of("given", Long.toString(after), "last", Long.toString(pastEnd)));
    }
    if (request.hasLast()) {
      if (request.getLast() < 0) {
        throw Failure.badField("last", Integer.toString(request.getLast()), "at least 0");
      }
      return Math.max(after, events.cursorBeforeLast(request.getLast(), fits));
    }
    return request.hasAfterSeq() || request.hasSince() ? after : pastEnd;
  }

  @Override
  public Next<WatchEventsResponse> next() {
    while (true) {
      Page page = events.read(cursor, EVENTS_PER_MESSAGE_MAX, fits);
      cursor = page.cursor();
      long missed = tellsMissed || caughtUp ? page.missed() : 0;
      boolean catchesUp = !caughtUp && cursor >= pastEnd;
      caughtUp |= catchesUp;
      boolean last = caughtUp && (!follow || (page.atEnd() && over()));
      if (!page.events().isEmpty() || missed > 0 || catchesUp) {
        return new Next<>(message(page, missed, catchesUp), last);
      }
      if (last) {
        return Next.end();
      }
      if (page.atEnd()) {
        wakeAtTheEnd();
        return Next.nothing();
      }
    }
  }

  private boolean over() {
    return !Instant.now().isBefore(until);
  }

  private void wakeAtTheEnd() {
    if (!until.equals(Instant.MAX)) {
      alarm.in(Duration.between(Instant.now(), until).plusMillis(1));
    }
  }

  private static WatchEventsResponse message(Page page, long missed, boolean catchesUp) {
    var message = WatchEventsResponse.newBuilder().setCaughtUp(catchesUp).setLastSeq(page.cursor());
    if (missed > 0) {
      message.setMissed(missed);
    }
    page.events().forEach(event -> message.addEvents(EventMessages.message(event)));
    return message.build();
  }

  @Override
  public void close() {
    subscription.close();
  }
}

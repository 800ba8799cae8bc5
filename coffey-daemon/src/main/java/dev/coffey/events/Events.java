package dev.coffey.events;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/// The numbered sequence of what happened, as much of it as is kept in memory.
public final class Events {
  /// How many events are kept when nothing else is said.
  public static final int EVENTS_MAX = 10_000;

  /// How many events one read may look at, so that a reader who wants few holds nobody up.
  static final int SCAN_EVENTS_MAX = 1000;

  private final Event[] ring;
  private final CopyOnWriteArrayList<Bell> bells = new CopyOnWriteArrayList<>();
  private long last;
  private int kept;

  /// @param last the number of the newest event of an earlier daemon; 0 for the first
  public Events(int eventsMax, long last) {
    if (eventsMax < 1 || last < 0) {
      throw new IllegalArgumentException("events must be at least 1, and their number not below 0");
    }
    this.ring = new Event[eventsMax];
    this.last = last;
  }

  /// Gives the news the next number and wakes the listeners; never waits for a reader.
  public Event append(Instant time, News news) {
    Event event;
    synchronized (ring) {
      event = new Event(++last, time, news);
      ring[slot(last)] = event;
      kept = Math.min(kept + 1, ring.length);
    }
    bells.forEach(Bell::ring);
    return event;
  }

  /// The number of the newest event; 0 before the first.
  public long last() {
    synchronized (ring) {
      return last;
    }
  }

  /// What comes after the cursor.
  ///
  /// @throws IllegalArgumentException when the cursor is ahead of the sequence
  public Page read(long after, int limit) {
    return read(after, limit, _ -> true);
  }

  /// What comes after the cursor and fits. The page may be empty and still not at the end: its
  /// cursor has moved then.
  ///
  /// @throws IllegalArgumentException when the cursor is ahead of the sequence
  public Page read(long after, int limit, Predicate<Event> fits) {
    List<Event> looked;
    long missed;
    long newest;
    synchronized (ring) {
      newest = last;
      if (after > newest || after < 0) {
        throw new IllegalArgumentException(
            "event cursor must be from 0 to %d, not %d".formatted(newest, after));
      }
      long oldest = newest - kept + 1;
      missed = Math.max(0, oldest - after - 1);
      looked = copy(Math.max(after + 1, oldest), newest);
    }
    List<Event> events = new ArrayList<>();
    long cursor = after + missed;
    for (Event event : looked) {
      if (events.size() == limit) {
        break;
      }
      cursor = event.seq();
      if (fits.test(event)) {
        events.add(event);
      }
    }
    return new Page(events, missed, cursor, newest);
  }

  /// The cursor after which the last so many that fit are found.
  public long cursorBeforeLast(int count, Predicate<Event> fits) {
    List<Event> all;
    long newest;
    synchronized (ring) {
      newest = last;
      all = copy(newest - kept + 1, newest, kept);
    }
    long cursor = newest;
    int found = 0;
    for (Event event : all.reversed()) {
      if (found == count) {
        break;
      }
      if (fits.test(event)) {
        found++;
        cursor = event.seq() - 1;
      }
    }
    return cursor;
  }

  /// Calls after each event or group of events, on a thread of its own and never twice at a time.
  public Subscription listen(Runnable listener) {
    Bell bell = new Bell(listener);
    bells.add(bell);
    return () -> bells.remove(bell);
  }

  private List<Event> copy(long from, long to) {
    return copy(from, to, SCAN_EVENTS_MAX);
  }

  private List<Event> copy(long from, long to, int countMax) {
    List<Event> events = new ArrayList<>();
    for (long seq = from; seq <= to && events.size() < countMax; seq++) {
      events.add(ring[slot(seq)]);
    }
    return events;
  }

  private int slot(long seq) {
    return Math.floorMod(seq, ring.length);
  }
}

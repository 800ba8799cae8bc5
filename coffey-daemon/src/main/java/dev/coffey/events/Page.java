package dev.coffey.events;

import java.util.List;

/// What a reader gets for its cursor.
///
/// @param missed how many came after the cursor and are no longer kept
/// @param cursor where to go on: the last event that was looked at, whether it fitted or not
/// @param last the newest event there is; the reader is at the end when `cursor` has reached it
public record Page(List<Event> events, long missed, long cursor, long last) {
  public Page {
    events = List.copyOf(events);
  }

  /// Whether there is nothing more to read now.
  public boolean atEnd() {
    return cursor >= last;
  }
}

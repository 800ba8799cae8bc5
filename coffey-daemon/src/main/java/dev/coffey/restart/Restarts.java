package dev.coffey.restart;

import java.time.Instant;
import java.util.List;

/// What is remembered of a service's unrequested ends.
///
/// @param attempt ends in a row, forgotten after a stable run
/// @param total restarts since the last start by hand, shown to people
/// @param ends when the last ones happened, oldest first, no more than the rules look at
public record Restarts(int attempt, int total, List<Instant> ends) {
  /// Nothing has happened.
  public static final Restarts NONE = new Restarts(0, 0, List.of());

  public Restarts {
    ends = List.copyOf(ends);
  }
}

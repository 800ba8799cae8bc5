package dev.coffey.fleet;

import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceState;
import dev.coffey.lifecycle.ServiceState.Blocker;
import dev.coffey.lifecycle.ServiceState.Clearing;
import dev.coffey.lifecycle.ServiceState.Down;
import dev.coffey.lifecycle.ServiceState.Launching;
import dev.coffey.lifecycle.ServiceState.Queued;
import dev.coffey.lifecycle.ServiceState.Reloading;
import dev.coffey.lifecycle.ServiceState.Running;
import dev.coffey.lifecycle.ServiceState.Starting;
import dev.coffey.lifecycle.ServiceState.Stopping;
import java.time.Instant;

/// What is worth knowing of many services at once; digests add up.
///
/// @param deadline the earliest moment at which one of them must be looked at
/// @param firstTicket the longest wait in the queue
/// @param onTheWay how many are between launch and ready
/// @param alive how many must still end before all is over
/// @param waiting whether one waits for others that may still come
record Digest(Instant deadline, long firstTicket, int onTheWay, int alive, boolean waiting) {
  static final long NO_TICKET = Long.MAX_VALUE;
  static final Digest EMPTY = new Digest(ServiceState.NEVER, NO_TICKET, 0, 0, false);

  static Digest of(Service service) {
    ServiceState state = service.state();
    Instant deadline = service.deadline();
    return switch (state) {
      case Launching _, Starting _ -> new Digest(deadline, NO_TICKET, 1, 1, false);
      case Running _, Reloading _, Stopping _, Clearing _ ->
          new Digest(deadline, NO_TICKET, 0, 1, false);
      case Queued(long ticket) -> new Digest(deadline, ticket, 0, 0, false);
      case Down(Blocker blocker) when blocker != null && !blocker.stuck() ->
          new Digest(deadline, NO_TICKET, 0, 0, true);
      default -> new Digest(deadline, NO_TICKET, 0, 0, false);
    };
  }

  /// The sum of these in which one has taken the place of another. Of most changes that is known
  /// without looking at the rest.
  Digest replacing(Digest was, Digest now, Digest[] parts) {
    boolean mayRise =
        (was.deadline.equals(deadline) && now.deadline.isAfter(deadline))
            || (was.firstTicket == firstTicket && now.firstTicket > firstTicket)
            || (was.waiting && !now.waiting);
    return mayRise
        ? of(parts)
        : new Digest(
            now.deadline.isBefore(deadline) ? now.deadline : deadline,
            Math.min(now.firstTicket, firstTicket),
            onTheWay - was.onTheWay + now.onTheWay,
            alive - was.alive + now.alive,
            waiting || now.waiting);
  }

  /// The sum of these.
  static Digest of(Digest[] parts) {
    Instant deadline = ServiceState.NEVER;
    long firstTicket = NO_TICKET;
    int onTheWay = 0;
    int alive = 0;
    boolean waiting = false;
    for (Digest part : parts) {
      if (part.deadline.isBefore(deadline)) {
        deadline = part.deadline;
      }
      firstTicket = Math.min(firstTicket, part.firstTicket);
      onTheWay += part.onTheWay;
      alive += part.alive;
      waiting |= part.waiting;
    }
    return new Digest(deadline, firstTicket, onTheWay, alive, waiting);
  }
}

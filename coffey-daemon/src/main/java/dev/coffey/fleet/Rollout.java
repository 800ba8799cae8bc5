package dev.coffey.fleet;

import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceState;
import dev.coffey.lifecycle.ServiceState.BackingOff;
import dev.coffey.lifecycle.ServiceState.Blocker;
import dev.coffey.lifecycle.ServiceState.Completed;
import dev.coffey.lifecycle.ServiceState.Down;
import dev.coffey.lifecycle.ServiceState.Failed;
import dev.coffey.lifecycle.ServiceState.StopFailed;
import dev.coffey.spec.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A restart that goes from service to service: so many at once, the next when one is ready again,
/// and no further when one does not come back.
///
/// @param waiting whose turn is still to come, in order
/// @param away who is being restarted
record Rollout(List<Away> waiting, List<Away> away, int atOnce) {
  /// How many may be under way at a time.
  static final int ROLLOUTS_MAX = 100;

  /// A service that is being restarted, or will be.
  ///
  /// @param before the run that must be followed by another
  record Away(ServiceName name, @Nullable RunId before) {}

  Rollout {
    waiting = List.copyOf(waiting);
    away = List.copyOf(away);
  }

  private enum Verdict {
    AWAY,
    BACK,
    LOST
  }

  /// Moves every rollout on by what has just happened, and says whether one has moved.
  static boolean advance(Settling settling) {
    List<Rollout> before = settling.course().rollouts();
    if (before.isEmpty()) {
      return false;
    }
    List<Rollout> after = new ArrayList<>(before.size());
    for (Rollout rollout : before) {
      rollout.advanced(settling).ifPresent(after::add);
    }
    settling.steer(settling.course().rolling(after));
    return !after.equals(before);
  }

  private Optional<Rollout> advanced(Settling settling) {
    List<Away> still = new ArrayList<>(away.size());
    for (Away one : away) {
      switch (verdict(settling, one)) {
        case AWAY -> still.add(one);
        case BACK -> {}
        case LOST -> {
          return Optional.empty();
        }
      }
    }
    int turn = 0;
    while (turn < waiting.size() && still.size() < atOnce) {
      if (gone(settling, waiting.get(turn).name())) {
        return Optional.empty();
      }
      next(settling, waiting.get(turn)).ifPresent(still::add);
      turn++;
    }
    Rollout moved = new Rollout(waiting.subList(turn, waiting.size()), still, atOnce);
    return moved.waiting.isEmpty() && moved.away.isEmpty() ? Optional.empty() : Optional.of(moved);
  }

  /// One that has failed for good before its turn came.
  private static boolean gone(Settling settling, ServiceName name) {
    return settling
        .links()
        .position(name)
        .filter(index -> settling.at(index).state() instanceof Failed)
        .isPresent();
  }

  /// One that somebody has stopped in the meantime is passed over; one that has another run already
  /// is not restarted once more, and waited for all the same.
  private static Optional<Away> next(Settling settling, Away one) {
    @Nullable Integer index = settling.links().position(one.name()).orElse(null);
    if (index == null || !settling.at(index).wish().up()) {
      return Optional.empty();
    }
    if (Objects.equals(settling.at(index).lastRun(), one.before())) {
      Commands.restartOne(settling, index);
    }
    return Optional.of(one);
  }

  private static Verdict verdict(Settling settling, Away one) {
    @Nullable Integer index = settling.links().position(one.name()).orElse(null);
    if (index == null || !settling.at(index).wish().up()) {
      return Verdict.BACK;
    }
    Service service = settling.at(index);
    ServiceState state = service.state();
    boolean stuck = state instanceof Down(Blocker blocker) && blocker != null && blocker.stuck();
    if (stuck || state instanceof Failed || state instanceof StopFailed) {
      return Verdict.LOST;
    }
    // The run before may have ended badly of its own; that is no word of the one that is to come.
    if (service.lastRun() == null || service.lastRun().equals(one.before())) {
      return Verdict.AWAY;
    }
    if (state instanceof BackingOff) {
      return Verdict.LOST;
    }
    boolean ready = state.ready().isPresent() && service.wish().endRun() == null;
    return ready || state instanceof Completed ? Verdict.BACK : Verdict.AWAY;
  }
}

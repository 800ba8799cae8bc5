package dev.coffey.fleet;

import dev.coffey.fleet.Links.Edge;
import dev.coffey.lifecycle.Health;
import dev.coffey.lifecycle.Result;
import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceState.Clearing;
import dev.coffey.lifecycle.ServiceState.Running;
import dev.coffey.lifecycle.ServiceState.Starting;
import dev.coffey.lifecycle.StopReason;
import dev.coffey.spec.Dependency;
import dev.coffey.spec.Dependency.Reaction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What dependents do when the service they depend on leaves, or is back.
///
/// `stop` ends the dependent's run; still wanted, it starts again when its requirements hold again.
/// `restart` leaves it running until the other one is back, and restarts it then.
final class Reactions {
  private Reactions() {}

  static void follow(Settling settling, int index, Service was, Service now) {
    if (now.state() instanceof Running running && was.state().ready().isEmpty()) {
      back(settling, index, now, running.run().id());
    } else if (crashed(was, now)) {
      leave(settling, index, Dependency.Reactions::crash);
    } else if (restarting(was, now)) {
      leave(settling, index, Dependency.Reactions::restart);
    } else if (now.health() == Health.UNHEALTHY && was.health() != Health.UNHEALTHY) {
      leave(settling, index, Dependency.Reactions::unhealthy);
    }
  }

  private static boolean crashed(Service was, Service now) {
    boolean unasked =
        now.state() instanceof Clearing clearing
            && clearing.departure().asked() == null
            && (was.state().ready().isPresent() || was.state() instanceof Starting);
    return unasked || begins(was, now, StopReason.PROBE);
  }

  private static boolean restarting(Service was, Service now) {
    return begins(was, now, StopReason.RESTART) || begins(was, now, StopReason.DEPENDENCY);
  }

  private static boolean begins(Service was, Service now, StopReason reason) {
    return now.wish().endRun() == reason && was.wish().endRun() != reason;
  }

  private static void leave(
      Settling settling, int index, Function<Dependency.Reactions, Reaction> which) {
    for (int dependent : settling.links().neededBy(index)) {
      Reaction reaction = reaction(settling, dependent, index, which);
      if (reaction == Reaction.STOP) {
        endRun(settling, dependent, StopReason.DEPENDENCY);
      }
    }
  }

  private static void back(Settling settling, int index, Service now, RunId run) {
    @Nullable Result last = now.last();
    if (last == null) {
      return;
    }
    Function<Dependency.Reactions, Reaction> which =
        last.succeeded() ? Dependency.Reactions::restart : Dependency.Reactions::crash;
    for (int dependent : settling.links().neededBy(index)) {
      @Nullable RunId theirs = settling.at(dependent).state().currentRun().orElse(null);
      if (theirs != null
          && theirs.compareTo(run) < 0
          && reaction(settling, dependent, index, which) == Reaction.RESTART) {
        endRun(settling, dependent, StopReason.RESTART);
      }
    }
  }

  private static Reaction reaction(
      Settling settling, int dependent, int on, Function<Dependency.Reactions, Reaction> which) {
    Reaction strongest = Reaction.IGNORE;
    for (Edge edge : settling.links().needs(dependent)) {
      if (edge.to() == on) {
        Reaction reaction = which.apply(edge.dependency().reactions());
        strongest = reaction.compareTo(strongest) < 0 ? reaction : strongest;
      }
    }
    return strongest;
  }

  /// A run that has ended, or is on its way out, is left to that.
  private static void endRun(Settling settling, int index, StopReason reason) {
    Service service = settling.at(index);
    if (service.state().goesOn() && service.wish().endRun() == null && !service.paused()) {
      settling.put(index, service.wishing(service.wish().ending(reason)));
    }
  }
}

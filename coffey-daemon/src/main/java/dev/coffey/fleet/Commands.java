package dev.coffey.fleet;

import dev.coffey.fleet.Command.Dependents;
import dev.coffey.fleet.Command.Pause;
import dev.coffey.fleet.Command.Restart;
import dev.coffey.fleet.Command.Resume;
import dev.coffey.fleet.Command.Signal;
import dev.coffey.fleet.Command.Start;
import dev.coffey.fleet.Command.Stop;
import dev.coffey.fleet.Links.Edge;
import dev.coffey.fleet.Reply.Accepted;
import dev.coffey.fleet.Reply.Refusal;
import dev.coffey.fleet.Reply.Refused;
import dev.coffey.lifecycle.Effect;
import dev.coffey.lifecycle.Lifecycle;
import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceState;
import dev.coffey.lifecycle.ServiceState.BackingOff;
import dev.coffey.lifecycle.ServiceState.Clearing;
import dev.coffey.lifecycle.ServiceState.Completed;
import dev.coffey.lifecycle.ServiceState.Departure;
import dev.coffey.lifecycle.ServiceState.Down;
import dev.coffey.lifecycle.ServiceState.Failed;
import dev.coffey.lifecycle.StopReason;
import dev.coffey.lifecycle.Wish;
import dev.coffey.spec.Dependency.Reaction;
import dev.coffey.spec.ServiceName;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Turns commands into wishes; settling does the rest.
final class Commands {
  private final Settling settling;

  private Commands(Settling settling) {
    this.settling = settling;
  }

  static Reply apply(Settling settling, Command command) {
    return new Commands(settling).apply(command);
  }

  private Reply apply(Command command) {
    NavigableSet<Integer> targets = new TreeSet<>();
    for (ServiceName name : command.services()) {
      @Nullable Integer index = settling.links().position(name).orElse(null);
      if (index == null) {
        return new Refused(
            Refusal.UNKNOWN_SERVICE, "no service is named '%s'".formatted(name), List.of(name));
      }
      targets.add(index);
    }
    @Nullable Refused retired = retired(command);
    if (retired != null) {
      return retired;
    }
    Phase phase = settling.course().phase();
    if (phase == Phase.STOPPING || phase == Phase.STOPPED) {
      return new Refused(Refusal.SHUTTING_DOWN, "the daemon is shutting down", List.of());
    }
    return switch (command) {
      case Start(_, boolean withRequirements) -> start(targets, withRequirements);
      case Stop(_, Dependents dependents) -> stop(targets, dependents);
      case Restart restart -> restart(targets, restart);
      case Signal(_, String signal) -> signal(targets, signal);
      case Pause pause -> pause(targets, pause);
      case Resume _ -> resume(targets);
    };
  }

  /// What the plan has no more may be ended, and not begun again.
  private @Nullable Refused retired(Command command) {
    if (!(command instanceof Start || command instanceof Restart)) {
      return null;
    }
    for (ServiceName name : command.services()) {
      if (!settling.plan().services().containsKey(name)) {
        return new Refused(
            Refusal.UNKNOWN_SERVICE,
            "'%s' is not in the configuration any more".formatted(name),
            List.of(name));
      }
    }
    return null;
  }

  private Reply start(NavigableSet<Integer> targets, boolean withRequirements) {
    NavigableSet<Integer> all = withRequirements ? required(targets) : targets;
    targets.forEach(index -> wake(settling, index));
    wakeRequired(all, targets);
    return accepted(all);
  }

  /// What is pulled in is not run again when it has done its work.
  private void wakeRequired(NavigableSet<Integer> all, NavigableSet<Integer> targets) {
    for (int index : all) {
      if (!targets.contains(index) && !(settling.at(index).state() instanceof Completed)) {
        wake(settling, index);
      }
    }
  }

  /// Wanted from now on, and at once: a manual start ends back-off and pause, does not wait for a
  /// schedule, and forgets failures.
  private static void wake(Settling settling, int index) {
    settling.resume(index);
    Service service = settling.at(index);
    @Nullable StopReason endRun = service.wish().endRun();
    Service wanted = service.wishing(new Wish(true, endRun)).forgiven();
    if (!service.state().goesOn()) {
      wanted = wanted.due();
    }
    settling.put(
        index,
        switch (service.state()) {
          case BackingOff _, Completed _, Failed _ -> wanted.in(new Down(null), settling.now());
          case Clearing crashed when crashed.departure().asked() == null ->
              wanted.in(asked(crashed), settling.now());
          default -> wanted;
        });
    settling.reclaim(index);
  }

  /// An end that a wish to run has overtaken leads to the next run, whatever policy would say.
  private static Clearing asked(Clearing state) {
    Departure departure = state.departure();
    return new Clearing(
        state.run(),
        new Departure(StopReason.RESTART, departure.status(), departure.readyFor()),
        state.killAt(),
        state.killed());
  }

  private NavigableSet<Integer> required(Collection<Integer> start) {
    NavigableSet<Integer> seen = new TreeSet<>(start);
    Deque<Integer> open = new ArrayDeque<>(start);
    while (!open.isEmpty()) {
      for (Edge edge : settling.links().needs(open.remove())) {
        if (edge.required() && seen.add(edge.to())) {
          open.add(edge.to());
        }
      }
    }
    return seen;
  }

  private Reply stop(NavigableSet<Integer> targets, Dependents dependents) {
    NavigableSet<Integer> holders = holders(targets, dependents == Dependents.CASCADE);
    if (dependents == Dependents.REFUSE && !holders.isEmpty()) {
      return new Refused(
          Refusal.HAS_DEPENDENTS,
          "%s still needed by %s".formatted(isOrAre(targets), quoted(holders)),
          names(holders));
    }
    NavigableSet<Integer> all = new TreeSet<>(targets);
    if (dependents == Dependents.CASCADE) {
      all.addAll(holders);
    }
    for (int index : all) {
      Service service = settling.at(index).wishing(Wish.DOWN);
      settling.put(index, service.with(service.agenda().pausing(null).due(false)));
    }
    return accepted(all);
  }

  /// Those that run, or are about to, and require one of the targets without being one.
  private NavigableSet<Integer> holders(NavigableSet<Integer> targets, boolean all) {
    NavigableSet<Integer> holders = new TreeSet<>();
    Deque<Integer> open = new ArrayDeque<>(targets);
    while (!open.isEmpty()) {
      int on = open.remove();
      for (int dependent : settling.links().neededBy(on)) {
        boolean holds =
            settling.at(dependent).state().alive()
                && settling.at(dependent).wish().up()
                && !targets.contains(dependent)
                && caresAboutStop(dependent, on);
        if (holds && holders.add(dependent) && all) {
          open.add(dependent);
        }
      }
    }
    return holders;
  }

  private boolean caresAboutStop(int dependent, int on) {
    return settling.links().needs(dependent).stream()
        .anyMatch(edge ->
            edge.to() == on
                && edge.required()
                && edge.dependency().reactions().stop() != Reaction.IGNORE);
  }

  private Reply restart(NavigableSet<Integer> targets, Restart restart) {
    NavigableSet<Integer> all = new TreeSet<>(targets);
    if (restart.cascade()) {
      all.addAll(running(targets));
    }
    if (restart.atOnce() > 0) {
      return rollOut(all, restart);
    }
    all.forEach(index -> restartOne(settling, index));
    return accepted(withRequired(all, restart));
  }

  private Reply rollOut(NavigableSet<Integer> targets, Restart restart) {
    List<Rollout> rollouts = new ArrayList<>(settling.course().rollouts());
    if (rollouts.size() >= Rollout.ROLLOUTS_MAX) {
      return new Refused(
          Refusal.TOO_MANY,
          "%d rolling restarts are under way already".formatted(rollouts.size()),
          List.of());
    }
    NavigableSet<Integer> all = withRequired(targets, restart);
    // Who has no process, or is on its way out, is not away any longer for being started now.
    NavigableSet<Integer> up = new TreeSet<>(targets);
    up.removeIf(index -> !settling.at(index).state().alive() || !settling.at(index).wish().up());
    targets.stream().filter(index -> !up.contains(index)).forEach(index -> wake(settling, index));
    List<Rollout.Away> turns =
        up.stream()
            .map(settling::at)
            .map(service -> new Rollout.Away(service.name(), service.lastRun()))
            .toList();
    rollouts.add(new Rollout(turns, List.of(), restart.atOnce()));
    settling.steer(settling.course().rolling(rollouts));
    return accepted(all);
  }

  /// A restart does not touch what is required and runs; what does not is wanted from now on.
  private NavigableSet<Integer> withRequired(NavigableSet<Integer> targets, Restart restart) {
    if (!restart.withRequirements()) {
      return targets;
    }
    NavigableSet<Integer> all = new TreeSet<>(targets);
    for (int index : required(targets)) {
      if (!settling.at(index).wish().up()) {
        all.add(index);
      }
    }
    wakeRequired(all, targets);
    return all;
  }

  /// Ends the run there is and begins another; without one it is a start.
  static void restartOne(Settling settling, int index) {
    if (settling.at(index).state().goesOn()) {
      settling.resume(index);
      Service service = settling.at(index);
      settling.put(index, service.wishing(new Wish(true, StopReason.RESTART)).forgiven().due());
    } else {
      wake(settling, index);
    }
  }

  /// All that run and depend on the targets, however indirectly.
  private NavigableSet<Integer> running(NavigableSet<Integer> targets) {
    NavigableSet<Integer> found = new TreeSet<>();
    Deque<Integer> open = new ArrayDeque<>(targets);
    while (!open.isEmpty()) {
      for (int dependent : settling.links().neededBy(open.remove())) {
        Service service = settling.at(dependent);
        if (service.state().alive() && service.wish().up() && found.add(dependent)) {
          open.add(dependent);
        }
      }
    }
    return found;
  }

  private Reply pause(NavigableSet<Integer> targets, Pause command) {
    Instant until = command.ttl() == null ? ServiceState.NEVER : settling.now().plus(command.ttl());
    for (int index : targets) {
      var pause = new dev.coffey.lifecycle.Pause(until, command.reason());
      settling.put(index, Lifecycle.paused(settling.at(index), pause));
    }
    return accepted(targets);
  }

  private Reply resume(NavigableSet<Integer> targets) {
    targets.forEach(settling::resume);
    return accepted(targets);
  }

  private Reply signal(NavigableSet<Integer> targets, String signal) {
    Map<Integer, RunId> runs = new TreeMap<>();
    for (int index : targets) {
      Service service = settling.at(index);
      @Nullable RunId run = service.state().process().map(process -> process.id()).orElse(null);
      if (run == null) {
        return new Refused(
            Refusal.NOT_RUNNING,
            "'%s' has no process".formatted(service.name()),
            List.of(service.name()));
      }
      runs.put(index, run);
    }
    runs.forEach((index, run) -> settling.order(index, new Effect.Signal(run, signal)));
    return accepted(targets);
  }

  private Accepted accepted(Collection<Integer> indexes) {
    return new Accepted(names(indexes));
  }

  private List<ServiceName> names(Collection<Integer> indexes) {
    return indexes.stream().map(settling.links()::name).toList();
  }

  private String isOrAre(Collection<Integer> indexes) {
    return quoted(indexes) + (indexes.size() == 1 ? " is" : " are");
  }

  private String quoted(Collection<Integer> indexes) {
    List<String> words = names(indexes).stream().map(name -> "'" + name + "'").toList();
    return String.join(", ", words);
  }
}

package dev.coffey.fleet;

import dev.coffey.fleet.Command.Dependents;
import dev.coffey.fleet.Command.Restart;
import dev.coffey.fleet.Command.Signal;
import dev.coffey.fleet.Command.Start;
import dev.coffey.fleet.Command.Stop;
import dev.coffey.fleet.Links.Edge;
import dev.coffey.fleet.Reply.Accepted;
import dev.coffey.fleet.Reply.Refusal;
import dev.coffey.fleet.Reply.Refused;
import dev.coffey.lifecycle.Effect;
import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceState.BackingOff;
import dev.coffey.lifecycle.ServiceState.Clearing;
import dev.coffey.lifecycle.ServiceState.Completed;
import dev.coffey.lifecycle.ServiceState.Departure;
import dev.coffey.lifecycle.ServiceState.Down;
import dev.coffey.lifecycle.ServiceState.Failed;
import dev.coffey.lifecycle.ServiceState.Launching;
import dev.coffey.lifecycle.ServiceState.Running;
import dev.coffey.lifecycle.ServiceState.Starting;
import dev.coffey.lifecycle.StopReason;
import dev.coffey.lifecycle.Wish;
import dev.coffey.spec.Dependency.Reaction;
import dev.coffey.spec.ServiceName;
import java.util.ArrayDeque;
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
    Phase phase = settling.course().phase();
    if (phase == Phase.STOPPING || phase == Phase.STOPPED) {
      return new Refused(Refusal.SHUTTING_DOWN, "the daemon is shutting down", List.of());
    }
    return switch (command) {
      case Start(_, boolean withRequirements) -> start(targets, withRequirements);
      case Stop(_, Dependents dependents) -> stop(targets, dependents);
      case Restart _ -> restart(targets);
      case Signal(_, String signal) -> signal(targets, signal);
    };
  }

  private Reply start(NavigableSet<Integer> targets, boolean withRequirements) {
    NavigableSet<Integer> all = withRequirements ? required(targets) : targets;
    for (int index : all) {
      boolean pulledIn = !targets.contains(index);
      if (!(pulledIn && settling.at(index).state() instanceof Completed)) {
        wake(index);
      }
    }
    return accepted(all);
  }

  /// Wanted from now on, and at once: a manual start ends back-off and forgets failures.
  private void wake(int index) {
    Service service = settling.at(index);
    @Nullable StopReason endRun = service.wish().endRun();
    Service wanted = service.wishing(new Wish(true, endRun)).forgiven();
    settling.put(
        index,
        switch (service.state()) {
          case BackingOff _, Completed _, Failed _ -> wanted.in(new Down(null), settling.now());
          case Clearing crashed when crashed.departure().asked() == null ->
              wanted.in(asked(crashed), settling.now());
          default -> wanted;
        });
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
      settling.put(index, settling.at(index).wishing(Wish.DOWN));
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

  private Reply restart(NavigableSet<Integer> targets) {
    for (int index : targets) {
      Service service = settling.at(index);
      switch (service.state()) {
        case Launching _, Starting _, Running _ ->
            settling.put(index, service.wishing(new Wish(true, StopReason.RESTART)).forgiven());
        default -> wake(index);
      }
    }
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

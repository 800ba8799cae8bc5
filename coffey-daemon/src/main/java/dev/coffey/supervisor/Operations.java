package dev.coffey.supervisor;

import dev.coffey.fleet.Command;
import dev.coffey.fleet.Fleet;
import dev.coffey.fleet.Reply.Accepted;
import dev.coffey.fleet.ServiceView;
import dev.coffey.spec.ServiceName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The operations under way, and the last ones that have ended.
public final class Operations {
  /// How many are remembered.
  public static final int OPERATIONS_MAX = 1000;

  private final Map<Long, Operation> all = new LinkedHashMap<>();
  private final Map<ServiceName, List<Operation>> open = new HashMap<>();
  private long next = 1;

  Operations() {}

  /// One of them.
  public Optional<Operation> find(long id) {
    synchronized (all) {
      return Optional.ofNullable(all.get(id));
    }
  }

  /// All that are remembered, oldest first.
  public List<Operation> list() {
    synchronized (all) {
      return List.copyOf(all.values());
    }
  }

  /// Only on the loop's thread.
  Operation begin(Command command, Accepted accepted, Fleet before, Instant now) {
    Map<ServiceName, Goal> goals = new LinkedHashMap<>();
    for (ServiceName name : accepted.services()) {
      before.service(name).ifPresent(service -> goals.put(name, Goal.of(command, service)));
    }
    return begin(new Beginning(verb(command), stepwise(command)), goals, now);
  }

  /// Only on the loop's thread: another plan has been put in force.
  Operation beginReload(Fleet before, Fleet after, Instant now) {
    return begin(new Beginning("reload", false), Goal.ofReload(before, after), now);
  }

  /// What an operation is called, and whether the first failure ends it.
  private record Beginning(String verb, boolean stepwise) {}

  private Operation begin(Beginning what, Map<ServiceName, Goal> goals, Instant now) {
    Operation operation = new Operation(next++, what.verb(), goals, what.stepwise(), now);
    synchronized (all) {
      all.put(operation.id(), operation);
      forgetOldest();
    }
    goals.keySet().forEach(name -> openOf(name).add(operation));
    return operation;
  }

  private static boolean stepwise(Command command) {
    return command instanceof Command.Restart restart && restart.atOnce() > 0;
  }

  private void forgetOldest() {
    var candidates = all.values().iterator();
    int surplus = all.size() - OPERATIONS_MAX;
    while (surplus > 0 && candidates.hasNext()) {
      if (candidates.next().outcome() != Operation.Outcome.UNDER_WAY) {
        candidates.remove();
        surplus--;
      }
    }
  }

  private List<Operation> openOf(ServiceName name) {
    return open.computeIfAbsent(name, _ -> new ArrayList<>());
  }

  /// Only on the loop's thread: looks at a service that has changed.
  void observe(ServiceView view, Instant now) {
    List<Operation> concerned = open.get(view.service().name());
    if (concerned == null) {
      return;
    }
    concerned.forEach(operation -> operation.observe(view, now));
    concerned.removeIf(operation -> !operation.waitsFor(view.service().name()));
    if (concerned.isEmpty()) {
      open.remove(view.service().name());
    }
  }

  /// Only on the loop's thread: no rolling restart is under way any more.
  void rolledOut(Fleet fleet, Instant now) {
    for (Operation operation : list()) {
      if (operation.stepwise() && operation.outcome() == Operation.Outcome.UNDER_WAY) {
        operation.rolledOut(fleet, now);
      }
    }
    open.forEach((name, concerned) -> concerned.removeIf(one -> !one.waitsFor(name)));
    open.values().removeIf(List::isEmpty);
  }

  private static String verb(Command command) {
    return switch (command) {
      case Command.Start _ -> "start";
      case Command.Stop _ -> "stop";
      case Command.Restart _ -> "restart";
      case Command.Signal _ -> "kill";
      case Command.Pause _ -> "pause";
      case Command.Resume _ -> "resume";
    };
  }
}

package dev.coffey.config;

import dev.coffey.graph.Graph;
import dev.coffey.spec.Dependency;
import dev.coffey.spec.Relations;
import dev.coffey.spec.ServiceName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Refuses cycles of requirements, and takes the edges of mere order out of loops, since order is a
/// wish and a loop of wishes would hold everybody up.
final class Cycles {
  private static final int TOLD_MAX = 20;

  private final Map<String, Draft> drafts;

  Cycles(Map<String, Draft> drafts) {
    this.drafts = drafts;
  }

  void check() {
    boolean ordered =
        drafts.values().stream().anyMatch(draft -> !draft.relations().after().isEmpty());
    if (refuseRequirements() && ordered) {
      dropOrder();
    }
  }

  private boolean refuseRequirements() {
    if (isFreeOfCycles()) {
      return true;
    }
    Map<ServiceName, Set<ServiceName>> edges = new TreeMap<>();
    drafts.values().forEach(draft -> edges.put(draft.name(), required(draft)));
    Optional<List<ServiceName>> cycle = new Graph<>(edges).cycle();
    boolean sound = cycle.isEmpty();
    for (int told = 0; cycle.isPresent() && told < TOLD_MAX; told++) {
      report(cycle.get());
      for (ServiceName member : cycle.get()) {
        edges.put(member, Set.of());
      }
      cycle = new Graph<>(edges).cycle();
    }
    return sound;
  }

  /// Whether services can be taken one after the other, each when all that it requires is taken:
  /// nearly always so, and told without a graph.
  private boolean isFreeOfCycles() {
    Map<String, Integer> missing = new HashMap<>();
    Map<ServiceName, List<Draft>> waiting = new HashMap<>();
    Deque<Draft> free = new ArrayDeque<>();
    for (Draft draft : drafts.values()) {
      List<Dependency> edges = draft.relations().dependsOn();
      missing.put(draft.name().value(), edges.size());
      edges.forEach(edge -> waiting.computeIfAbsent(edge.on(), _ -> new ArrayList<>()).add(draft));
      if (edges.isEmpty()) {
        free.add(draft);
      }
    }
    int taken = 0;
    while (!free.isEmpty()) {
      taken++;
      for (Draft draft : waiting.getOrDefault(free.remove().name(), List.of())) {
        if (missing.merge(draft.name().value(), -1, Integer::sum) == 0) {
          free.add(draft);
        }
      }
    }
    return taken == drafts.size();
  }

  private static Set<ServiceName> required(Draft draft) {
    return draft.relations().dependsOn().stream()
        .map(Dependency::on)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private void report(List<ServiceName> cycle) {
    Draft first = draft(cycle.getFirst());
    String way = cycle.stream().map(ServiceName::value).collect(Collectors.joining(" → "));
    String key = first.values().has("depends_on") ? "depends_on" : "binds_to";
    for (ServiceName member : cycle.subList(0, cycle.size() - 1)) {
      Draft draft = draft(member);
      boolean isFirst = draft.equals(first);
      if (isFirst || draft.definition().fromDropIn()) {
        draft
            .problems()
            .error(
                "dependency-cycle",
                draft.values().placeOf(isFirst ? key : "depends_on"),
                draft.values().path().key(key),
                "dependencies form a cycle: " + way,
                "remove one of these dependencies; for order alone use 'after'");
      }
    }
  }

  private Draft draft(ServiceName name) {
    Draft draft = drafts.get(name.value());
    if (draft == null) {
      throw new AssertionError("no service " + name);
    }
    return draft;
  }

  private void dropOrder() {
    Map<ServiceName, Set<ServiceName>> edges = new TreeMap<>();
    for (Draft draft : drafts.values()) {
      Set<ServiceName> all = required(draft);
      all.addAll(draft.relations().after());
      edges.put(draft.name(), all);
    }
    Graph<ServiceName> graph = new Graph<>(edges);
    Optional<List<ServiceName>> cycle = graph.cycle();
    while (cycle.isPresent()) {
      ServiceName start = cycle.get().getFirst();
      Set<ServiceName> knot = new HashSet<>(graph.closure(List.of(start)));
      knot.retainAll(graph.dependents(List.of(start)));
      warn(cycle.get());
      for (ServiceName member : knot) {
        Draft loose = withoutOrderWithin(draft(member), knot);
        drafts.put(member.value(), loose);
        Set<ServiceName> rest = required(loose);
        rest.addAll(loose.relations().after());
        edges.put(member, rest);
      }
      graph = new Graph<>(edges);
      cycle = graph.cycle();
    }
  }

  private static Draft withoutOrderWithin(Draft draft, Set<ServiceName> knot) {
    List<ServiceName> after = new ArrayList<>(draft.relations().after());
    after.removeAll(knot);
    return draft.with(new Relations(draft.relations().dependsOn(), after));
  }

  private void warn(List<ServiceName> cycle) {
    Draft first = draft(cycle.getFirst());
    String way = cycle.stream().map(ServiceName::value).collect(Collectors.joining(" → "));
    first
        .problems()
        .warning(
            "order-loop",
            first.values().placeOf("after"),
            first.values().path(),
            "the order contradicts itself and is dropped: " + way,
            "remove one of these from after, before or tier");
  }
}

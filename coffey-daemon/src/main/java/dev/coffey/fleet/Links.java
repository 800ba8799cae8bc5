package dev.coffey.fleet;

import dev.coffey.graph.Graph;
import dev.coffey.spec.Dependency;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Who waits for whom in one plan, by position. Edges of mere order that would close a circle are
/// left out, so that nothing can wait for itself.
final class Links {
  private final List<ServiceName> names;
  private final Map<ServiceName, Integer> positions = new HashMap<>();
  private final List<List<Edge>> needs = new ArrayList<>();
  private final int[][] neededBy;

  /// One thing a service waits for.
  ///
  /// @param required whether it blocks for as long as it does not hold; if not, only for as long as
  ///   it is on its way
  record Edge(int to, Dependency dependency, boolean required) {}

  Links(SortedMap<ServiceName, ServiceSpec> specs) {
    names = List.copyOf(specs.keySet());
    for (int index = 0; index < names.size(); index++) {
      positions.put(names.get(index), index);
    }
    Map<ServiceName, Set<ServiceName>> orders = orders(specs);
    for (ServiceSpec spec : specs.values()) {
      needs.add(edges(spec, specs, orders.getOrDefault(spec.name(), Set.of())));
    }
    neededBy = reversed(needs);
  }

  /// The edges of order that close no circle.
  private static Map<ServiceName, Set<ServiceName>> orders(
      SortedMap<ServiceName, ServiceSpec> specs) {
    if (specs.values().stream().allMatch(spec -> spec.relations().after().isEmpty())) {
      return Map.of();
    }
    Map<ServiceName, Collection<ServiceName>> hard = new TreeMap<>();
    Map<ServiceName, Collection<ServiceName>> all = new TreeMap<>();
    for (ServiceSpec spec : specs.values()) {
      List<ServiceName> required = new ArrayList<>();
      spec.relations().dependsOn().forEach(dependency -> required.add(dependency.on()));
      hard.put(spec.name(), required);
      List<ServiceName> both = new ArrayList<>(required);
      both.addAll(spec.relations().after());
      all.put(spec.name(), both);
    }
    Map<ServiceName, Set<ServiceName>> kept = new HashMap<>();
    boolean circles = new Graph<>(all).order().isEmpty();
    Map<ServiceName, Collection<ServiceName>> accepted = circles ? hard : all;
    for (ServiceSpec spec : specs.values()) {
      Set<ServiceName> orders = new TreeSet<>();
      for (ServiceName other : spec.relations().after()) {
        if (!circles || !new Graph<>(accepted).closure(List.of(other)).contains(spec.name())) {
          orders.add(other);
          if (circles) {
            accepted.computeIfAbsent(spec.name(), _ -> new ArrayList<>()).add(other);
          }
        }
      }
      kept.put(spec.name(), orders);
    }
    return kept;
  }

  private List<Edge> edges(
      ServiceSpec spec, SortedMap<ServiceName, ServiceSpec> specs, Set<ServiceName> orders) {
    List<Edge> edges = new ArrayList<>();
    for (Dependency dependency : spec.relations().dependsOn()) {
      Integer to = positions.get(dependency.on());
      if (to != null) {
        edges.add(new Edge(to, dependency, !dependency.optional()));
      }
    }
    for (ServiceName other : orders) {
      Integer to = positions.get(other);
      ServiceSpec target = specs.get(other);
      if (to != null && target != null) {
        Dependency order =
            new Dependency(other, target.defaultCondition(), true, Dependency.Reactions.NONE);
        edges.add(new Edge(to, order, false));
      }
    }
    return List.copyOf(edges);
  }

  private static int[][] reversed(List<List<Edge>> needs) {
    int[] counts = new int[needs.size()];
    needs.forEach(edges -> edges.forEach(edge -> counts[edge.to()]++));
    int[][] reversed = new int[needs.size()][];
    Arrays.setAll(reversed, index -> new int[counts[index]]);
    for (int from = needs.size() - 1; from >= 0; from--) {
      for (Edge edge : needs.get(from)) {
        reversed[edge.to()][--counts[edge.to()]] = from;
      }
    }
    return reversed;
  }

  Optional<Integer> position(ServiceName name) {
    return Optional.ofNullable(positions.get(name));
  }

  ServiceName name(int position) {
    return names.get(position);
  }

  List<Edge> needs(int position) {
    return needs.get(position);
  }

  /// The positions of those with an edge to this one.
  int[] neededBy(int position) {
    return neededBy[position];
  }

  int size() {
    return names.size();
  }
}

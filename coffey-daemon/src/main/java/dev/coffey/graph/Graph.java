package dev.coffey.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A directed graph of needs: an edge leads from what needs to what is needed. Every answer is in
/// the nodes' own order, so the same graph always answers the same. Nothing recurses.
public final class Graph<N extends Comparable<N>> {
  private final SortedMap<N, SortedSet<N>> needs = new TreeMap<>();
  private final Map<N, SortedSet<N>> neededBy = new HashMap<>();

  /// A graph of these needs; whatever is needed is a node too.
  public Graph(Map<N, ? extends Collection<N>> edges) {
    edges.forEach((from, targets) -> {
      add(from);
      for (N to : targets) {
        add(to);
        edge(needs, from).add(to);
        edge(neededBy, to).add(from);
      }
    });
  }

  private void add(N node) {
    edge(needs, node);
    edge(neededBy, node);
  }

  private static <N> SortedSet<N> edge(Map<N, SortedSet<N>> map, N node) {
    return map.computeIfAbsent(node, _ -> new TreeSet<>());
  }

  /// All nodes.
  public Set<N> nodes() {
    return needs.keySet();
  }

  /// What a node needs directly.
  public Set<N> needs(N node) {
    return needs.getOrDefault(node, new TreeSet<>());
  }

  /// Who needs a node directly.
  public Set<N> neededBy(N node) {
    return neededBy.getOrDefault(node, new TreeSet<>());
  }

  /// These and all they need, directly or not.
  public Set<N> closure(Collection<N> start) {
    return reach(start, needs);
  }

  /// These and all who need them, directly or not.
  public Set<N> dependents(Collection<N> start) {
    return reach(start, neededBy);
  }

  private static <N> Set<N> reach(Collection<N> start, Map<N, SortedSet<N>> edges) {
    Set<N> seen = new LinkedHashSet<>(start);
    Deque<N> open = new ArrayDeque<>(start);
    while (!open.isEmpty()) {
      for (N next : edges.getOrDefault(open.remove(), new TreeSet<>())) {
        if (seen.add(next)) {
          open.add(next);
        }
      }
    }
    return seen;
  }

  /// All nodes, each after what it needs; empty when a cycle makes that impossible.
  public Optional<List<N>> order() {
    Map<N, Integer> missing = new HashMap<>();
    Deque<N> free = new ArrayDeque<>();
    needs.forEach((node, targets) -> {
      missing.put(node, targets.size());
      if (targets.isEmpty()) {
        free.add(node);
      }
    });
    List<N> order = new ArrayList<>(needs.size());
    while (!free.isEmpty()) {
      N node = free.remove();
      order.add(node);
      for (N dependent : neededBy(node)) {
        if (missing.merge(dependent, -1, Integer::sum) == 0) {
          free.add(dependent);
        }
      }
    }
    return order.size() == needs.size() ? Optional.of(order) : Optional.empty();
  }

  /// One cycle, from a node back to itself (`a, b, a`), where there is one.
  public Optional<List<N>> cycle() {
    Set<N> done = new LinkedHashSet<>();
    for (N start : needs.keySet()) {
      if (!done.contains(start)) {
        Optional<List<N>> found = cycleFrom(start, done);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<List<N>> cycleFrom(N start, Set<N> done) {
    LinkedHashSet<N> path = new LinkedHashSet<>(List.of(start));
    Deque<Iterator<N>> steps = new ArrayDeque<>(List.of(needs(start).iterator()));
    while (!steps.isEmpty()) {
      if (!steps.peek().hasNext()) {
        steps.pop();
        done.add(path.removeLast());
        continue;
      }
      N next = steps.peek().next();
      if (path.contains(next)) {
        List<N> cycle =
            new ArrayList<>(path).subList(new ArrayList<>(path).indexOf(next), path.size());
        cycle.add(next);
        return Optional.of(List.copyOf(cycle));
      }
      if (!done.contains(next)) {
        path.add(next);
        steps.push(needs(next).iterator());
      }
    }
    return Optional.empty();
  }
}

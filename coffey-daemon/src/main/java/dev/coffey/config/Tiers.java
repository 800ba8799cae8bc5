package dev.coffey.config;

import dev.coffey.spec.Relations;
import dev.coffey.spec.ServiceName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Turns tiers into edges of order: a tier comes after the one before it, tiers stand in the order
/// of their first appearance, and services without one come last.
final class Tiers {
  /// Each pair of services in neighbouring tiers is an edge; more than this is told rather than
  /// left to fill the memory.
  static final int EDGES_MAX = 1_000_000;

  private final Map<String, Draft> drafts;
  private long edges;

  Tiers(Map<String, Draft> drafts) {
    this.drafts = drafts;
  }

  /// @param order all services in the order in which they are written
  void link(Collection<String> order) {
    SequencedMap<String, List<Draft>> tiers = new LinkedHashMap<>();
    List<Draft> last = new ArrayList<>();
    for (String name : order) {
      Draft draft = drafts.get(name);
      if (draft != null) {
        String tier = draft.values().text("tier");
        (tier.isEmpty() ? last : tiers.computeIfAbsent(tier, _ -> new ArrayList<>())).add(draft);
      }
    }
    List<ServiceName> earlier = List.of();
    for (List<Draft> tier : tiers.values()) {
      addAfter(tier, earlier);
      earlier = next(tier, earlier);
    }
    addAfter(last, earlier);
  }

  /// What the following tier waits for: this tier, and the one before it when nothing of this one
  /// starts by itself.
  private static List<ServiceName> next(List<Draft> tier, List<ServiceName> earlier) {
    List<ServiceName> next = new ArrayList<>();
    tier.forEach(draft -> next.add(draft.name()));
    if (tier.stream().noneMatch(draft -> draft.values().flag("enabled"))) {
      next.addAll(earlier);
    }
    return List.copyOf(next);
  }

  private void addAfter(List<Draft> tier, List<ServiceName> earlier) {
    edges += (long) earlier.size() * tier.size();
    if (earlier.isEmpty() || tier.isEmpty()) {
      return;
    }
    if (edges > EDGES_MAX) {
      Draft first = tier.getFirst();
      first
          .problems()
          .error(
              "tiers-too-large",
              first.values().placeOf("tier"),
              first.values().path().key("tier"),
              "tiers make more than %d pairs of services".formatted(EDGES_MAX),
              "order these services by depends_on or after");
      return;
    }
    for (Draft draft : tier) {
      Relations own = draft.relations();
      List<ServiceName> after = earlier;
      if (!own.after().isEmpty()) {
        List<ServiceName> both = new ArrayList<>(own.after());
        both.addAll(earlier);
        after = both.stream().distinct().toList();
      }
      drafts.put(draft.definition().name(), draft.with(new Relations(own.dependsOn(), after)));
    }
  }
}

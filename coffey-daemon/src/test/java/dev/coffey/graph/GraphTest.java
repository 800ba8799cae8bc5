package dev.coffey.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GraphTest {
  @Test
  void everythingComesAfterWhatItNeeds() {
    Graph<String> graph =
        new Graph<>(Map.of("web", List.of("api", "db"), "api", List.of("db"), "db", List.of()));

    assertThat(graph.order()).contains(List.of("db", "api", "web"));
  }

  @Test
  void whatIsOnlyNeededIsANodeToo() {
    Graph<String> graph = new Graph<>(Map.of("web", List.of("db")));

    assertThat(graph.nodes()).containsExactly("db", "web");
    assertThat(graph.neededBy("db")).containsExactly("web");
  }

  @Test
  void aCycleIsFoundWholeAndHasNoOrder() {
    Graph<String> graph =
        new Graph<>(
            Map.of("a", List.of("b"), "b", List.of("c"), "c", List.of("a"), "x", List.of("a")));

    assertThat(graph.order()).isEmpty();
    assertThat(graph.cycle()).contains(List.of("a", "b", "c", "a"));
  }

  @Test
  void whatNeedsItselfIsACycle() {
    assertThat(new Graph<>(Map.of("a", List.of("a"))).cycle()).contains(List.of("a", "a"));
  }

  @Test
  void closureAndDependentsReachAll() {
    Graph<String> graph =
        new Graph<>(Map.of("web", List.of("api"), "api", List.of("db"), "cron", List.of("db")));

    assertThat(graph.closure(List.of("web"))).containsExactlyInAnyOrder("web", "api", "db");
    assertThat(graph.dependents(List.of("db")))
        .containsExactlyInAnyOrder("db", "api", "cron", "web");
  }

  /// T21: depth costs no stack.
  @Test
  void aChainOfTenThousandHasAnOrder() {
    Map<Integer, List<Integer>> chain = new TreeMap<>();
    for (int node = 1; node < 10_000; node++) {
      chain.put(node, List.of(node - 1));
    }
    Graph<Integer> graph = new Graph<>(chain);

    assertThat(graph.order().orElseThrow()).hasSize(10_000).startsWith(0, 1, 2);
    assertThat(graph.cycle()).isEmpty();
    assertThat(graph.closure(List.of(9_999))).hasSize(10_000);
  }
}

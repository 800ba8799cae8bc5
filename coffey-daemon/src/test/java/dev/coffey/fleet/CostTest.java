package dev.coffey.fleet;

import static dev.coffey.fleet.Specs.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.ServiceState;
import dev.coffey.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What an event costs is counted in services looked at, which no machine's load can change.
class CostTest {
  private static World pairs(int count) {
    List<ServiceSpec> specs = new ArrayList<>();
    for (int pair = 0; pair < count; pair++) {
      specs.add(service("db-" + pair));
      specs.add(service("web-" + pair, "db-" + pair));
    }
    World world = World.of(1_000_000, specs.toArray(ServiceSpec[]::new));
    for (int pair = 0; pair < count; pair++) {
      world.launched("db-" + pair, "web-" + pair);
    }
    return world;
  }

  private static int costOfACrash(int pairs) {
    World world = pairs(pairs);
    world.exits("db-1", 1);
    return world.examined;
  }

  @Test
  void anEventCostsTheSameInAFleetOfTenAndOfTenThousand() {
    int small = costOfACrash(5);

    assertThat(costOfACrash(500)).isEqualTo(small);
    assertThat(costOfACrash(5_000)).isEqualTo(small);
  }

  /// T21: depth costs no stack.
  @Test
  void aChainOfTenThousandStartsAndEnds() {
    int depth = 10_000;
    List<ServiceSpec> specs = new ArrayList<>();
    for (int link = 0; link < depth; link++) {
      specs.add(link == 0 ? service("s0") : service("s" + link, "s" + (link - 1)));
    }
    World world = World.of(10, specs.toArray(ServiceSpec[]::new));
    int looked = world.examined;
    for (int link = 0; link < depth; link++) {
      world.launched("s" + link);
      looked += world.examined;
    }

    assertThat(world.shown("s" + (depth - 1))).isEqualTo(ShownState.RUNNING);
    assertThat(looked).isLessThan(12 * depth);
  }

  private static int costOfAStart(int size) {
    SplittableRandom random = new SplittableRandom(7);
    ServiceSpec[] specs = new ServiceSpec[size];
    for (int index = 0; index < size; index++) {
      TreeSet<String> needs = new TreeSet<>();
      for (int edge = random.nextInt(4); edge > 0 && index > 0; edge--) {
        needs.add("s" + random.nextInt(index));
      }
      specs[index] = service("s" + index, needs.toArray(String[]::new));
    }
    World world = World.of(100, specs);
    int looked = world.examined;
    for (List<String> next = world.launches(); !next.isEmpty(); next = world.launches()) {
      for (String name : next) {
        world.launched(name);
        looked += world.examined;
      }
    }
    assertThat(world.fleet.services()).allMatch(it -> it.state() instanceof ServiceState.Running);
    return looked;
  }

  @Test
  void theStartOfAGraphIsLinearWork() {
    int small = costOfAStart(1_000);

    assertThat(costOfAStart(10_000)).isBetween(9 * small, 11 * small);
  }
}

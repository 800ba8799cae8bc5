package dev.coffey.fleet;

import static dev.coffey.fleet.Specs.dependent;
import static dev.coffey.fleet.Specs.needs;
import static dev.coffey.fleet.Specs.probed;
import static dev.coffey.fleet.Specs.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.spec.Dependency.Condition;
import dev.coffey.spec.Dependency.Reactions;
import dev.coffey.spec.ServiceSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Many that do the same thing at the same time.
class HerdTest {
  private static final int HERD = 200;

  private static List<String> names() {
    return IntStream.range(0, HERD).mapToObj("w%03d"::formatted).toList();
  }

  /// T36: after a crash of all, no more are launched than the budget of 20 a second, 100 at once.
  @Test
  void aHerdComesBackWithinTheBudget() {
    World world = World.of(1_000, names().stream().map(Specs::service).toArray(ServiceSpec[]::new));
    names().forEach(world::launched);
    names().forEach(name -> world.exits(name, 1));
    world.launches();

    TreeMap<Instant, Integer> launches = new TreeMap<>();
    while (!world.fleet.deadline().equals(Instant.MAX)) {
      world.passes(Duration.between(world.now, world.fleet.deadline()));
      launches.merge(world.now, world.launches().size(), Integer::sum);
    }

    assertThat(launches.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(HERD);
    for (Instant from : launches.keySet()) {
      int within =
          launches.subMap(from, from.plusSeconds(1)).values().stream()
              .mapToInt(Integer::intValue)
              .sum();
      assertThat(within).isLessThanOrEqualTo(120);
    }
  }

  /// T36: dependents that come back with what they need take turns.
  @Test
  void dependentsOfOneThingComeBackInTheirTurn() {
    List<ServiceSpec> specs = new ArrayList<>();
    specs.add(service("db"));
    names()
        .forEach(
            name -> specs.add(dependent(name, needs("db", Condition.STARTED, Reactions.BOUND))));
    World world = World.of(10, specs.toArray(ServiceSpec[]::new));
    world.launched("db");
    names().forEach(world::launched);
    world.exits("db", 1);
    names().forEach(name -> world.exits(name, 0));
    world.launches();
    world.passes(Duration.ofSeconds(1));

    world.launched("db");

    assertThat(world.launches()).hasSize(11).startsWith("db");
  }

  /// T37: the probes of services launched together do not march in step.
  @Test
  void probesAreSpreadOverTheirInterval() {
    World world =
        World.of(
            1_000,
            names().stream()
                .map(name -> probed(service(name), false, true))
                .toArray(ServiceSpec[]::new));
    names().forEach(world::launched);
    Instant launched = world.now;

    Map<Long, Integer> bySecond = new TreeMap<>();
    for (String name : names()) {
      Instant first = world.service(name).state().deadline();
      bySecond.merge(Duration.between(launched, first).toSeconds(), 1, Integer::sum);
    }

    assertThat(bySecond.keySet()).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(bySecond.values()).allMatch(count -> count > HERD / 10);
  }
}

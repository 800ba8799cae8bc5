package dev.coffey.fleet;

import static dev.coffey.fleet.Specs.service;

import dev.coffey.spec.ServiceSpec;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// What a decision costs in time of its own thread, as ratios between fleets of different sizes
/// measured in turn; the best of many rounds, which whatever else the machine does disturbs least.
///
/// `make bench` runs it. Counted in services looked at, the same is proven by `CostTest`.
final class FleetBench {
  private static final int ROUNDS = 15;
  private static final int CYCLES = 2_000;
  private static final List<Integer> SIZES = List.of(10, 1_000, 10_000);

  private FleetBench() {}

  public static void main(String[] args) {
    events();
    starts("random graph, started", FleetBench::randomGraph, 1_000, 10_000);
    starts("chain, started", FleetBench::chain, 1_000, 10_000);
  }

  /// A crash, the wait, the launch and the news of it: five events of one service and what they
  /// mean for its dependent.
  private static void events() {
    List<World> worlds = SIZES.stream().map(size -> pairs(size / 2)).toList();
    double[] micros = new double[SIZES.size()];
    Arrays.fill(micros, Double.MAX_VALUE);
    for (int round = -5; round < ROUNDS; round++) {
      for (int which = 0; which < micros.length; which++) {
        double each = crashes(worlds.get(which), SIZES.get(which) / 4);
        micros[which] = round < 0 ? micros[which] : Math.min(micros[which], each);
      }
    }
    for (int which = 0; which < micros.length; which++) {
      String what = "an event, fleet of %,d".formatted(SIZES.get(which));
      print(what, micros[which], "µs", micros[which] / micros[0]);
    }
  }

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

  /// Microseconds an event.
  private static double crashes(World world, int pair) {
    String name = "db-" + pair;
    long begun = nanos();
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      world.exits(name, 1);
      world.start(name);
      world.launched(name);
      world.restart(name);
      world.exits(name, 0);
      world.launched(name);
      world.orders.clear();
    }
    return (nanos() - begun) / 1e3 / (CYCLES * 8.0);
  }

  private interface Plan {
    ServiceSpec[] of(int size);
  }

  private static void starts(String title, Plan plan, int small, int large) {
    double few = Double.MAX_VALUE;
    double many = Double.MAX_VALUE;
    ServiceSpec[] smallPlan = plan.of(small);
    ServiceSpec[] largePlan = plan.of(large);
    for (int round = -3; round < ROUNDS; round++) {
      double one = start(smallPlan);
      double other = start(largePlan);
      if (round >= 0) {
        few = Math.min(few, one);
        many = Math.min(many, other);
      }
    }
    print("%s, %,d services".formatted(title, small), few, "ms", 1);
    print("%s, %,d services".formatted(title, large), many, "ms", many / few);
  }

  /// Milliseconds until all have been launched, each as soon as it may be.
  private static double start(ServiceSpec[] specs) {
    long begun = nanos();
    World world = World.of(100, specs);
    int launched = 0;
    for (List<String> next = world.launches(); !next.isEmpty(); next = world.launches()) {
      for (String name : next) {
        world.launched(name);
        launched++;
      }
    }
    if (launched != specs.length) {
      throw new AssertionError("only %d of %d were started".formatted(launched, specs.length));
    }
    return (nanos() - begun) / 1e6;
  }

  private static ServiceSpec[] randomGraph(int size) {
    SplittableRandom random = new SplittableRandom(7);
    ServiceSpec[] specs = new ServiceSpec[size];
    for (int index = 0; index < size; index++) {
      int edges = index == 0 ? 0 : random.nextInt(4);
      String[] needs = new String[edges];
      for (int edge = 0; edge < edges; edge++) {
        needs[edge] = "s" + random.nextInt(index);
      }
      specs[index] = service("s" + index, Arrays.stream(needs).distinct().toArray(String[]::new));
    }
    return specs;
  }

  private static ServiceSpec[] chain(int size) {
    ServiceSpec[] specs = new ServiceSpec[size];
    for (int index = 0; index < size; index++) {
      specs[index] = index == 0 ? service("s0") : service("s" + index, "s" + (index - 1));
    }
    return specs;
  }

  private static long nanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void print(String what, double value, String unit, double ratio) {
    System.out.printf(Locale.ROOT, "%-42s %10.2f %s %8.2f×%n", what, value, unit, ratio);
  }
}

package dev.coffey.supervisor;

import dev.coffey.spec.Backoff;
import dev.coffey.spec.Check;
import dev.coffey.spec.Command;
import dev.coffey.spec.DaemonSpec;
import dev.coffey.spec.Dependency;
import dev.coffey.spec.GiveUp;
import dev.coffey.spec.HealthSpec;
import dev.coffey.spec.Plan;
import dev.coffey.spec.ProbeSpec;
import dev.coffey.spec.Relations;
import dev.coffey.spec.RestartPolicy;
import dev.coffey.spec.RestartSpec;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import dev.coffey.spec.StartSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Plans of a dozen services with every kind of edge, by seed.
final class RandomPlan {
  private final SplittableRandom random;

  private RandomPlan(SplittableRandom random) {
    this.random = random;
  }

  static Plan of(SplittableRandom random) {
    return new RandomPlan(random).plan();
  }

  /// A daemon of its own with this many slots.
  static DaemonSpec daemon(int slots) {
    Path nowhere = Path.of("/nowhere");
    return new DaemonSpec(
        new DaemonSpec.Sockets(nowhere, "", 0600),
        new DaemonSpec.Directories(nowhere, nowhere, nowhere, nowhere),
        new DaemonSpec.OwnLog("", false, "info", DaemonSpec.OwnLog.Format.TEXT),
        1L << 30,
        new DaemonSpec.Limits(Duration.ofSeconds(30), slots, new DaemonSpec.Budget(2, 1 + slots)));
  }

  private Plan plan() {
    int size = 3 + random.nextInt(12);
    TreeMap<ServiceName, ServiceSpec> services = new TreeMap<>();
    List<ServiceSpec> earlier = new ArrayList<>();
    for (int index = 0; index < size; index++) {
      ServiceSpec spec = service("s%02d".formatted(index), earlier);
      earlier.add(spec);
      services.put(spec.name(), spec);
    }
    return new Plan(daemon(1 + random.nextInt(6)), services);
  }

  private ServiceSpec service(String name, List<ServiceSpec> earlier) {
    boolean oneshot = random.nextInt(6) == 0;
    StartSpec start =
        new StartSpec(
            oneshot ? StartSpec.Kind.ONESHOT : StartSpec.Kind.SERVICE,
            random.nextInt(8) > 0,
            Duration.ofSeconds(30),
            random.nextBoolean(),
            random.nextInt(8) == 0 ? Duration.ofSeconds(60) : null);
    return ServiceSpec.of(name, new Command("/bin/true", List.of()))
        .with(start)
        .with(relations(name, earlier))
        .with(health(oneshot))
        .with(restart());
  }

  private Relations relations(String name, List<ServiceSpec> earlier) {
    List<Dependency> dependencies = new ArrayList<>();
    List<ServiceName> after = new ArrayList<>();
    for (ServiceSpec other : earlier) {
      switch (random.nextInt(10)) {
        case 0, 1 ->
            dependencies.add(
                new Dependency(
                    other.name(), other.defaultCondition(), random.nextInt(4) == 0, reactions()));
        case 2 -> after.add(other.name());
        default -> {}
      }
    }
    if (random.nextInt(4) == 0) {
      after.add(new ServiceName("s%02d".formatted(random.nextInt(12))));
      after.removeIf(other -> other.value().equals(name));
    }
    return new Relations(dependencies, after);
  }

  private Dependency.Reactions reactions() {
    return switch (random.nextInt(3)) {
      case 0 -> Dependency.Reactions.BOUND;
      case 1 ->
          new Dependency.Reactions(
              Dependency.Reaction.STOP,
              Dependency.Reaction.RESTART,
              Dependency.Reaction.STOP,
              Dependency.Reaction.RESTART);
      default -> Dependency.Reactions.DEFAULT;
    };
  }

  private HealthSpec health(boolean oneshot) {
    if (oneshot) {
      return HealthSpec.NONE;
    }
    return new HealthSpec(maybe(4), maybe(2), maybe(3));
  }

  private @Nullable ProbeSpec maybe(int oneIn) {
    if (random.nextInt(oneIn) > 0) {
      return null;
    }
    return new ProbeSpec(
        new Check.File("/nowhere"),
        Duration.ofMillis(random.nextInt(500)),
        Duration.ofMillis(500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(2),
        1 + random.nextInt(2),
        1 + random.nextInt(3),
        pick(List.of(ProbeSpec.Action.RESTART, ProbeSpec.Action.STOP, ProbeSpec.Action.NONE)));
  }

  private RestartSpec restart() {
    return new RestartSpec(
        pick(List.of(RestartPolicy.values())),
        Set.of("0"),
        Set.of("2"),
        new Backoff(
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            1 + random.nextDouble() * 2,
            random.nextInt(3) * 0.1,
            Duration.ofSeconds(10),
            random.nextInt(3) * 4),
        random.nextBoolean() ? new GiveUp(1 + random.nextInt(6), Duration.ofSeconds(60)) : null,
        RestartSpec.OnFailure.NONE);
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}

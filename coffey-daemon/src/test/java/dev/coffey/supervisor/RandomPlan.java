package dev.coffey.supervisor;

import dev.coffey.spec.Backoff;
import dev.coffey.spec.Check;
import dev.coffey.spec.Command;
import dev.coffey.spec.DaemonSpec;
import dev.coffey.spec.Dependency;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.GiveUp;
import dev.coffey.spec.HealthSpec;
import dev.coffey.spec.Plan;
import dev.coffey.spec.ProbeSpec;
import dev.coffey.spec.Relations;
import dev.coffey.spec.RestartPolicy;
import dev.coffey.spec.RestartSpec;
import dev.coffey.spec.ScheduleSpec;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import dev.coffey.spec.StartSpec;
import dev.coffey.spec.StopSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Plans of a dozen services with every kind of edge, by seed.
final class RandomPlan {
  private static final int SERVICES_MAX = 16;

  private final SplittableRandom random;

  private RandomPlan(SplittableRandom random) {
    this.random = random;
  }

  static Plan of(SplittableRandom random) {
    return new RandomPlan(random).plan();
  }

  private static DaemonSpec daemon(int slots, DaemonSpec.Budget budget) {
    Path nowhere = Path.of("/nowhere");
    return new DaemonSpec(
        new DaemonSpec.Sockets(nowhere, "", 0600),
        new DaemonSpec.Directories(nowhere, nowhere, nowhere, nowhere),
        new DaemonSpec.OwnLog("", false, "info", DaemonSpec.OwnLog.Format.TEXT),
        1L << 30,
        new DaemonSpec.Limits(Duration.ofSeconds(30), slots, budget));
  }

  /// Another plan for the same daemon: some services gone, some new, some changed in what the
  /// process sees or in what applies at once.
  static Plan changed(Plan before, SplittableRandom random) {
    return new RandomPlan(random).changed(before);
  }

  private Plan plan() {
    int size = 3 + random.nextInt(12);
    TreeMap<ServiceName, ServiceSpec> services = new TreeMap<>();
    for (int index = 0; index < size; index++) {
      add(name(index), services);
    }
    double perSecond = random.nextBoolean() ? 2 : 0.1;
    int slots = 1 + random.nextInt(6);
    return new Plan(
        daemon(slots, new DaemonSpec.Budget(perSecond, 1 + random.nextInt(4))), services);
  }

  private static String name(int index) {
    return "s%02d".formatted(index);
  }

  private void add(String name, SortedMap<ServiceName, ServiceSpec> services) {
    ServiceSpec spec = service(name, services);
    services.put(spec.name(), spec);
  }

  private Plan changed(Plan before) {
    TreeMap<ServiceName, ServiceSpec> services = new TreeMap<>();
    for (int index = 0; index < SERVICES_MAX; index++) {
      ServiceSpec spec = before.services().get(new ServiceName(name(index)));
      if (spec != null && random.nextInt(10) > 0) {
        ServiceSpec changed = changed(spec, services);
        services.put(spec.name(), changed.with(connected(changed.relations(), services)));
      } else if (spec == null && random.nextInt(12) == 0) {
        add(name(index), services);
      }
    }
    DaemonSpec.Budget budget = before.daemon().limits().restarts();
    return new Plan(daemon(1 + random.nextInt(6), budget), services);
  }

  private ServiceSpec changed(ServiceSpec spec, SortedMap<ServiceName, ServiceSpec> earlier) {
    boolean oneshot = spec.start().kind() == StartSpec.Kind.ONESHOT;
    return switch (random.nextInt(14)) {
      case 0 ->
          spec.with(ExecSpec.of(new Command("/bin/true", List.of("" + random.nextInt(1000)))));
      case 1 -> spec.with(restart());
      case 2 -> spec.with(health(oneshot));
      case 3 -> spec.with(start(oneshot));
      case 4 -> spec.with(relations(spec.name().value(), earlier));
      case 5 -> spec.with(stop());
      case 6 -> spec.with(schedule(oneshot));
      default -> spec;
    };
  }

  /// The edges that lead somewhere, to something that can still be had.
  private static Relations connected(
      Relations relations, SortedMap<ServiceName, ServiceSpec> services) {
    List<Dependency> kept = new ArrayList<>();
    for (Dependency dependency : relations.dependsOn()) {
      ServiceSpec other = services.get(dependency.on());
      if (other != null) {
        kept.add(
            new Dependency(
                other.name(),
                other.defaultCondition(),
                dependency.optional(),
                dependency.reactions()));
      }
    }
    return new Relations(kept, relations.after());
  }

  private ServiceSpec service(String name, SortedMap<ServiceName, ServiceSpec> earlier) {
    boolean oneshot = random.nextInt(6) == 0;
    return ServiceSpec.of(name, new Command("/bin/true", List.of()))
        .with(start(oneshot))
        .with(relations(name, earlier))
        .with(health(oneshot))
        .with(restart())
        .with(stop())
        .with(schedule(oneshot));
  }

  private @Nullable ScheduleSpec schedule(boolean oneshot) {
    if (random.nextInt(oneshot ? 2 : 20) > 0) {
      return null;
    }
    ScheduleSpec.Timing timing =
        random.nextInt(8) == 0
            ? new ScheduleSpec.Timing.Cron("* * * * *", ZoneOffset.UTC)
            : new ScheduleSpec.Timing.Every(Duration.ofSeconds(random.nextInt(5, 60)));
    return new ScheduleSpec(
        timing,
        pick(List.of(ScheduleSpec.Overlap.values())),
        pick(List.of(ScheduleSpec.CatchUp.values())),
        Duration.ofSeconds(random.nextInt(2) * 5L));
  }

  private StartSpec start(boolean oneshot) {
    return new StartSpec(
        oneshot ? StartSpec.Kind.ONESHOT : StartSpec.Kind.SERVICE,
        random.nextInt(8) > 0,
        Duration.ofSeconds(30),
        random.nextBoolean(),
        random.nextInt(8) == 0 ? Duration.ofSeconds(60) : null);
  }

  private StopSpec stop() {
    Command command = new Command("/bin/false", List.of());
    return new StopSpec(
        "TERM", Duration.ofSeconds(random.nextInt(11)), random.nextInt(4) == 0 ? command : null);
  }

  private Relations relations(String name, SortedMap<ServiceName, ServiceSpec> earlier) {
    List<Dependency> dependencies = new ArrayList<>();
    List<ServiceName> after = new ArrayList<>();
    for (ServiceSpec other : earlier.values()) {
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
      after.add(new ServiceName(name(random.nextInt(SERVICES_MAX))));
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
            random.nextInt(3) * 2),
        random.nextBoolean() ? new GiveUp(1 + random.nextInt(6), Duration.ofSeconds(60)) : null,
        RestartSpec.OnFailure.NONE);
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}

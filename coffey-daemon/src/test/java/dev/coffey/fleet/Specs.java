package dev.coffey.fleet;

import dev.coffey.spec.Backoff;
import dev.coffey.spec.Check;
import dev.coffey.spec.Command;
import dev.coffey.spec.Dependency;
import dev.coffey.spec.Dependency.Condition;
import dev.coffey.spec.Dependency.Reactions;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.HealthSpec;
import dev.coffey.spec.ProbeSpec;
import dev.coffey.spec.Relations;
import dev.coffey.spec.RestartPolicy;
import dev.coffey.spec.RestartSpec;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import dev.coffey.spec.StartSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Specs for tests.
final class Specs {
  private Specs() {}

  static ServiceSpec service(String name, String... needs) {
    List<Dependency> dependencies = new ArrayList<>();
    for (String need : needs) {
      dependencies.add(needs(need, Condition.STARTED, Reactions.DEFAULT));
    }
    return ServiceSpec.of(name, new Command("/bin/true", List.of()))
        .with(new Relations(dependencies, List.of()));
  }

  static Dependency needs(String name, Condition condition, Reactions reactions) {
    return new Dependency(new ServiceName(name), condition, false, reactions);
  }

  static ServiceSpec dependent(String name, Dependency... dependencies) {
    return service(name).with(new Relations(List.of(dependencies), List.of()));
  }

  static ServiceSpec after(ServiceSpec spec, String... others) {
    return spec.with(
        new Relations(
            spec.relations().dependsOn(), List.of(others).stream().map(ServiceName::new).toList()));
  }

  static ServiceSpec running(ServiceSpec spec, String program) {
    return spec.with(ExecSpec.of(new Command(program, List.of())));
  }

  static ServiceSpec oneshot(String name) {
    return service(name).with(new StartSpec(StartSpec.Kind.ONESHOT, true, null, false, null));
  }

  static ServiceSpec disabled(ServiceSpec spec) {
    StartSpec start = spec.start();
    return spec.with(
        new StartSpec(
            start.kind(), false, start.timeout(), start.remainAfterExit(), start.runtimeMax()));
  }

  static ServiceSpec probed(ServiceSpec spec, boolean readiness, boolean liveness) {
    return spec.with(new HealthSpec(null, readiness ? probe() : null, liveness ? probe() : null))
        .with(new StartSpec(spec.start().kind(), true, Duration.ofSeconds(30), false, null));
  }

  private static ProbeSpec probe() {
    return new ProbeSpec(
        new Check.File("/nowhere"),
        Duration.ZERO,
        Duration.ofMillis(500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(2),
        1,
        3,
        ProbeSpec.Action.RESTART);
  }

  static ServiceSpec restarting(ServiceSpec spec, RestartPolicy policy) {
    RestartSpec restart = spec.restart();
    return spec.with(
        new RestartSpec(
            policy,
            restart.successCodes(),
            Set.of("78"),
            Backoff.DEFAULT,
            restart.giveUp(),
            restart.onFailure()));
  }

  static ServiceSpec fatal(ServiceSpec spec) {
    RestartSpec restart = spec.restart();
    return spec.with(
        new RestartSpec(
            RestartPolicy.NO,
            restart.successCodes(),
            restart.permanentFailureCodes(),
            restart.backoff(),
            restart.giveUp(),
            RestartSpec.OnFailure.SHUTDOWN));
  }
}

package dev.coffey.lifecycle;

import dev.coffey.lifecycle.ServiceState.BackingOff;
import dev.coffey.lifecycle.ServiceState.Clearing;
import dev.coffey.lifecycle.ServiceState.Completed;
import dev.coffey.lifecycle.ServiceState.Departure;
import dev.coffey.lifecycle.ServiceState.Down;
import dev.coffey.lifecycle.ServiceState.Failed;
import dev.coffey.lifecycle.ServiceState.Launching;
import dev.coffey.lifecycle.ServiceState.Queued;
import dev.coffey.lifecycle.ServiceState.Reloading;
import dev.coffey.lifecycle.ServiceState.Running;
import dev.coffey.lifecycle.ServiceState.Starting;
import dev.coffey.lifecycle.ServiceState.StopFailed;
import dev.coffey.lifecycle.ServiceState.Stopping;
import dev.coffey.spec.Check;
import dev.coffey.spec.Command;
import dev.coffey.spec.HealthSpec;
import dev.coffey.spec.ProbeSpec;
import dev.coffey.spec.ServiceSpec;
import dev.coffey.spec.StartSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One service in every state it can be in.
final class Samples {
  static final Instant NOW = Instant.EPOCH;
  static final RunId RUN = new RunId(7);

  private Samples() {}

  static Map<String, Service> all() {
    Run run = new Run(RUN, 42, NOW);
    Instant by = NOW.plusSeconds(10);
    ExitStatus one = new ExitStatus.Exited(1);
    Map<String, ServiceState> states = new LinkedHashMap<>();
    states.put("Down", new Down(null));
    states.put("Queued", new Queued(1));
    states.put("Launching", new Launching(RUN, 0, null));
    states.put("Launching, a stop remembered", new Launching(RUN, 0, StopReason.UNWANTED));
    states.put("Starting", new Starting(run, by, probing(ProbeKind.STARTUP)));
    states.put("Running", new Running(run, NOW, by, probing(ProbeKind.LIVENESS)));
    states.put(
        "Reloading", new Reloading(new Running(run, NOW, by, probing(ProbeKind.LIVENESS)), by));
    states.put("Stopping", new Stopping(run, StopReason.UNWANTED, Duration.ZERO, by, false));
    states.put("Stopping, killed", new Stopping(run, StopReason.UNWANTED, Duration.ZERO, by, true));
    states.put(
        "Clearing after an end that nobody asked for",
        new Clearing(run, new Departure(null, one, Duration.ZERO), by, false));
    states.put(
        "Clearing after a stop",
        new Clearing(run, new Departure(StopReason.UNWANTED, one, Duration.ZERO), by, false));
    states.put(
        "Clearing, killed",
        new Clearing(run, new Departure(StopReason.UNWANTED, one, Duration.ZERO), by, true));
    states.put("BackingOff", new BackingOff(by, false));
    states.put("Completed", new Completed());
    states.put("Failed", new Failed());
    states.put("StopFailed", new StopFailed(run, 1));
    Map<String, Service> services = new LinkedHashMap<>();
    states.forEach((title, state) -> services.put(title, in(state)));
    return services;
  }

  private static Service in(ServiceState state) {
    return Service.unborn(spec(), true, NOW).launchedAs(RUN).in(state, NOW);
  }

  private static ServiceSpec spec() {
    return ServiceSpec.of("web", new Command("/bin/true", List.of()))
        .with(new HealthSpec(probe(), probe(), probe()))
        .with(
            new StartSpec(
                StartSpec.Kind.SERVICE,
                true,
                Duration.ofSeconds(10),
                false,
                Duration.ofSeconds(10)));
  }

  private static ProbeSpec probe() {
    return new ProbeSpec(
        new Check.File("/nowhere"),
        Duration.ZERO,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        1,
        1,
        ProbeSpec.Action.RESTART);
  }

  /// A startup probe alone while it starts; the other two once it runs.
  private static Probing probing(ProbeKind kind) {
    Probing one = Probing.NONE.with(kind, Track.from(NOW));
    return kind == ProbeKind.LIVENESS ? one.with(ProbeKind.READINESS, Track.from(NOW)) : one;
  }

  static String name(ServiceState state) {
    return state.getClass().getSimpleName();
  }
}

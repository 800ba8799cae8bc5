package dev.coffey.supervisor;

import static dev.coffey.supervisor.Violation.require;

import dev.coffey.fleet.FleetEvent;
import dev.coffey.fleet.Transition;
import dev.coffey.lifecycle.Health;
import dev.coffey.lifecycle.ProbeKind;
import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceEvent.ProbeReported;
import dev.coffey.lifecycle.StopReason;
import dev.coffey.spec.HealthSpec;
import dev.coffey.spec.ProbeSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Keeps its own count of good and bad answers in a row, and compares what the core makes of them.
/// Where a plan has begun a probe anew this counts on, so it may only be more.
final class HealthBook {
  private final Map<Key, Tally> tallies = new HashMap<>();

  private record Key(RunId run, ProbeKind kind) {}

  private record Tally(int goods, int bads) {
    static final Tally NONE = new Tally(0, 0);

    Tally and(boolean good) {
      return good ? new Tally(goods + 1, 0) : new Tally(0, bads + 1);
    }
  }

  void hears(@Nullable FleetEvent event) {
    if (event instanceof FleetEvent.Reported(_, ProbeReported(var run, var kind, var outcome))) {
      Key key = new Key(run, kind);
      tallies.put(key, tallies.getOrDefault(key, Tally.NONE).and(outcome.good()));
    }
  }

  void happened(Transition transition, boolean replanned) {
    Service was = transition.before();
    Service is = transition.after();
    if (is.health() == Health.UNHEALTHY && was.health() != Health.UNHEALTHY) {
      require(
          reached(is, Tally::bads, ProbeSpec::failureThreshold),
          "unhealthy is who has failed as often as the threshold says",
          is.state(),
          is.name());
    }
    boolean recovers =
        was.health() == Health.UNHEALTHY
            && is.health() != Health.UNHEALTHY
            && Reference.ready(was)
            && Reference.ready(is)
            && !replanned;
    require(
        !recovers || reached(is, Tally::goods, ProbeSpec::successThreshold),
        "healthy again is who has succeeded as often as the threshold says",
        is.state(),
        is.name());
    if (Reference.ready(is) && !Reference.ready(was)) {
      ready(is);
    }
    boolean found =
        is.wish().endRun() == StopReason.PROBE && was.wish().endRun() != StopReason.PROBE;
    require(
        !found || was.paused() || reached(is, ProbeKind.LIVENESS, Tally::bads),
        "one bad answer is not the end of who has several",
        is.state(),
        is.name());
  }

  private void ready(Service is) {
    HealthSpec health = is.spec().health();
    @Nullable ProbeSpec last = health.readiness() == null ? health.startup() : health.readiness();
    ProbeKind kind = health.readiness() == null ? ProbeKind.STARTUP : ProbeKind.READINESS;
    require(
        last == null || tally(is, kind).goods() >= last.successThreshold(),
        "ready is who has succeeded as often as the threshold says",
        is.state(),
        is.name());
  }

  private boolean reached(
      Service service, ToIntFunction<Tally> count, ToIntFunction<ProbeSpec> threshold) {
    for (ProbeKind kind : ProbeKind.values()) {
      @Nullable ProbeSpec spec = spec(service.spec().health(), kind);
      if (spec != null && count.applyAsInt(tally(service, kind)) >= threshold.applyAsInt(spec)) {
        return true;
      }
    }
    return false;
  }

  private boolean reached(Service service, ProbeKind kind, ToIntFunction<Tally> count) {
    @Nullable ProbeSpec spec = spec(service.spec().health(), kind);
    return spec != null && count.applyAsInt(tally(service, kind)) >= spec.failureThreshold();
  }

  private Tally tally(Service service, ProbeKind kind) {
    @Nullable RunId run = service.state().currentRun().orElse(null);
    return run == null ? Tally.NONE : tallies.getOrDefault(new Key(run, kind), Tally.NONE);
  }

  private static @Nullable ProbeSpec spec(HealthSpec health, ProbeKind kind) {
    return switch (kind) {
      case STARTUP -> health.startup();
      case READINESS -> health.readiness();
      case LIVENESS -> health.liveness();
    };
  }
}

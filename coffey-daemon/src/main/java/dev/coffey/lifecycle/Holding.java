package dev.coffey.lifecycle;

import static dev.coffey.lifecycle.ServiceState.NEVER;

import dev.coffey.lifecycle.ServiceState.BackingOff;
import dev.coffey.lifecycle.ServiceState.Failed;
import dev.coffey.lifecycle.ServiceState.Reloading;
import dev.coffey.lifecycle.ServiceState.Running;
import dev.coffey.lifecycle.ServiceState.Starting;
import dev.coffey.spec.RestartSpec;
import dev.coffey.spec.ServiceSpec;
import dev.coffey.spec.StartSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Leaving a service alone, and taking it in hand again.
///
/// A pause stops what time and probes would do to a service; it keeps its process, its probes go on
/// looking, and an end that comes is weighed as ever, but a new try waits until the pause is over.
final class Holding {
  /// How long a reload may take of who has no limit for a start.
  static final Duration RELOAD_MAX = Duration.ofSeconds(30);

  private Holding() {}

  static Service paused(Service service, Pause pause) {
    Service held = service.with(service.agenda().pausing(pause));
    return switch (service.state()) {
      case Starting state ->
          held.in(new Starting(state.run(), NEVER, state.probing()), service.since());
      case Running state -> held.ready(state.endingBy(NEVER));
      case Reloading(Running state, _) -> held.ready(state.endingBy(NEVER));
      default -> held;
    };
  }

  static Step resumed(Service service, Instant now) {
    Service free = service.with(service.agenda().pausing(null));
    return switch (service.state()) {
      case Starting state when service.wish().endRun() == null ->
          Step.to(
              free.in(
                  new Starting(state.run(), readyBy(free, now), state.probing()), service.since()));
      case Running state -> taken(free, state, now);
      case Reloading(Running state, _) -> taken(free, state, now);
      case BackingOff state when state.retryAt().equals(NEVER) ->
          Step.to(free.in(new BackingOff(now, false), service.since()));
      case Failed _ -> new Step(free, List.of(), false, fatal(free.spec()));
      default -> Step.to(free);
    };
  }

  /// A run may be over its time by now, or have been found dead.
  private static Step taken(Service free, Running state, Instant now) {
    Service bounded = free.ready(state.endingBy(later(endBy(free, state.run()), now)));
    return ProbeTurn.overdue(bounded, state.probing());
  }

  /// A service that has another start now: how long that may take, and a run, counts from its
  /// launch, and what should have been over by then is over now.
  static Service retimed(Service service, StartSpec before, Instant now) {
    StartSpec start = service.spec().start();
    boolean ending = service.wish().endRun() != null;
    return switch (service.state()) {
      case Starting state when !ending && !Objects.equals(start.timeout(), before.timeout()) -> {
        Instant readyBy = later(readyBy(service, state.run().launchedAt()), now);
        yield service.in(new Starting(state.run(), readyBy, state.probing()), service.since());
      }
      case Running state when !ending -> bounded(service, state, before, now);
      case Reloading(Running state, _) when !ending -> bounded(service, state, before, now);
      default -> service;
    };
  }

  private static Service bounded(Service service, Running state, StartSpec before, Instant now) {
    return Objects.equals(service.spec().start().runtimeMax(), before.runtimeMax())
        ? service
        : service.ready(state.endingBy(later(endBy(service, state.run()), now)));
  }

  static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /// When a service must be ready that begins to start now.
  static Instant readyBy(Service service, Instant now) {
    @Nullable Duration timeout = service.spec().start().timeout();
    return timeout == null || service.paused() ? NEVER : now.plus(timeout);
  }

  /// When a service must be done that begins now to take in its configuration anew: it has as long
  /// as for a start, and never for ever.
  static Instant reloadedBy(Service service, Instant now) {
    @Nullable Duration timeout = service.spec().start().timeout();
    return now.plus(timeout == null ? RELOAD_MAX : timeout);
  }

  /// When a run must be over.
  static Instant endBy(Service service, Run run) {
    @Nullable Duration runtimeMax = service.spec().start().runtimeMax();
    return runtimeMax == null || service.paused() ? NEVER : run.launchedAt().plus(runtimeMax);
  }

  static boolean fatal(ServiceSpec spec) {
    return spec.restart().onFailure() == RestartSpec.OnFailure.SHUTDOWN;
  }
}

package dev.coffey.lifecycle;

import static dev.coffey.lifecycle.ServiceState.NEVER;

import dev.coffey.lifecycle.ServiceEvent.DeadlinePassed;
import dev.coffey.lifecycle.ServiceEvent.Emptied;
import dev.coffey.lifecycle.ServiceEvent.Ended;
import dev.coffey.lifecycle.ServiceEvent.LaunchFailed;
import dev.coffey.lifecycle.ServiceEvent.Launched;
import dev.coffey.lifecycle.ServiceEvent.ProbeReported;
import dev.coffey.lifecycle.ServiceEvent.RefusedToDie;
import dev.coffey.lifecycle.ServiceEvent.ReloadBegan;
import dev.coffey.lifecycle.ServiceEvent.ReloadEnded;
import dev.coffey.lifecycle.ServiceEvent.StartGranted;
import dev.coffey.lifecycle.ServiceEvent.StopCommandEnded;
import dev.coffey.lifecycle.ServiceEvent.StopGranted;
import dev.coffey.lifecycle.ServiceState.Launching;
import dev.coffey.lifecycle.ServiceState.Reloading;
import dev.coffey.lifecycle.ServiceState.Running;
import dev.coffey.lifecycle.ServiceState.Starting;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The states on the way up: launching, starting, running.
final class Upward {
  private Upward() {}

  static Step whenLaunching(Service service, Launching state, ServiceEvent event, Moment moment) {
    return switch (event) {
      case Launched(RunId run, int pid) ->
          launched(service, state, new Run(run, pid, moment.now()));
      case LaunchFailed(_, LaunchFailure failure) ->
          AfterEnd.launchFailed(service, state, failure, moment);
      case StopGranted(StopReason reason) ->
          Step.to(service.in(new Launching(state.run(), state.restarts(), reason), moment.now()));
      case DeadlinePassed _, ReloadBegan _, ReloadEnded _ -> Lifecycle.stay(service);
      case StartGranted _,
          Ended _,
          Emptied _,
          RefusedToDie _,
          ProbeReported _,
          StopCommandEnded _ ->
          throw Lifecycle.impossible(service, event);
    };
  }

  private static Step launched(Service service, Launching state, Run run) {
    Instant now = run.launchedAt();
    Service up = enter(service, run, now);
    return state.stop() == null ? Step.to(up) : Downward.stop(up, state.stop(), now);
  }

  private static Service enter(Service service, Run run, Instant now) {
    if (!service.spec().health().hasReadiness()) {
      return ready(service, run, Probing.NONE, now);
    }
    ProbeKind first =
        service.spec().health().startup() == null ? ProbeKind.READINESS : ProbeKind.STARTUP;
    Probing probing = Probing.NONE.begin(run.id(), service.spec().health(), first, now);
    return service.in(new Starting(run, Holding.readyBy(service, now), probing), now);
  }

  static Service reprobed(Service service, Starting state, Instant now) {
    return enter(service, state.run(), now);
  }

  static Service reprobed(Service service, Running state, Instant now) {
    Probing probing =
        Probing.NONE
            .begin(state.run().id(), service.spec().health(), ProbeKind.READINESS, now)
            .begin(state.run().id(), service.spec().health(), ProbeKind.LIVENESS, now);
    return service.ready(state.with(probing));
  }

  static Service ready(Service service, Run run, Probing probing, Instant now) {
    Probing all =
        probing
            .without(ProbeKind.STARTUP)
            .begin(run.id(), service.spec().health(), ProbeKind.LIVENESS, now);
    Instant endBy = Holding.later(Holding.endBy(service, run), now);
    return service.in(new Running(run, now, endBy, all), now);
  }

  static Step whenStarting(Service service, Starting state, ServiceEvent event, Moment moment) {
    return switch (event) {
      case ProbeReported(_, ProbeKind kind, ProbeOutcome outcome) ->
          ProbeTurn.whenStarting(service, state, new ProbeTurn(kind, outcome, moment.now()));
      case DeadlinePassed _ when !state.readyBy().isAfter(moment.now()) -> tooSlow(service, state);
      case DeadlinePassed _ -> ProbeTurn.due(service, state.run(), state.probing(), moment.now());
      case StopGranted(StopReason reason) -> Downward.stop(service, reason, moment.now());
      case Ended(_, ExitStatus status) ->
          Downward.clear(service, state.run(), departure(service, status, Duration.ZERO), moment);
      case ReloadBegan _, ReloadEnded _ -> Lifecycle.stay(service);
      case StartGranted _, Launched _, LaunchFailed _, Emptied _ ->
          throw Lifecycle.impossible(service, event);
      case RefusedToDie _, StopCommandEnded _ -> throw Lifecycle.impossible(service, event);
    };
  }

  private static Step tooSlow(Service service, Starting state) {
    Starting resigned = new Starting(state.run(), NEVER, Probing.NONE);
    return Step.to(
        service
            .in(resigned, service.since())
            .wishing(service.wish().ending(StopReason.START_TIMEOUT)),
        new Effect.CancelProbes(state.run().id()));
  }

  static Step whenRunning(Service service, Running state, ServiceEvent event, Moment moment) {
    return switch (event) {
      case ProbeReported(_, ProbeKind kind, ProbeOutcome outcome) ->
          ProbeTurn.whenRunning(service, state, new ProbeTurn(kind, outcome, moment.now()));
      case DeadlinePassed _ when !state.endBy().isAfter(moment.now()) ->
          tooLong(service, state, moment.now());
      case DeadlinePassed _ -> ProbeTurn.due(service, state.run(), state.probing(), moment.now());
      case StopGranted(StopReason reason) -> Downward.stop(service, reason, moment.now());
      case Ended(_, ExitStatus status) ->
          Downward.clear(
              service, state.run(), departure(service, status, readyFor(state, moment)), moment);
      case ReloadBegan _ ->
          Step.to(
              service.in(
                  new Reloading(state, Holding.reloadedBy(service, moment.now())), moment.now()));
      case ReloadEnded _ -> Lifecycle.stay(service);
      case StartGranted _, Launched _, LaunchFailed _, Emptied _ ->
          throw Lifecycle.impossible(service, event);
      case RefusedToDie _, StopCommandEnded _ -> throw Lifecycle.impossible(service, event);
    };
  }

  /// A service that is reloading is a running one in everything but what it says of that.
  static Step whenReloading(Service service, Reloading state, ServiceEvent event, Moment moment) {
    return switch (event) {
      case ReloadEnded _ -> reloaded(service, state, moment.now());
      case ReloadBegan _ -> Lifecycle.stay(service);
      // Whatever else was due at that moment is due still.
      case DeadlinePassed _ when !state.doneBy().isAfter(moment.now()) ->
          whenRunning(service.in(state.running(), moment.now()), state.running(), event, moment);
      case StartGranted _,
          StopGranted _,
          DeadlinePassed _,
          Launched _,
          LaunchFailed _,
          StopCommandEnded _,
          Ended _,
          Emptied _,
          RefusedToDie _,
          ProbeReported _ ->
          whenRunning(service, state.running(), event, moment);
    };
  }

  private static Step reloaded(Service service, Reloading state, Instant now) {
    return Step.to(service.in(state.running(), now));
  }

  /// Its probes go on until its end is granted, also one that is due at this very moment.
  private static Step tooLong(Service service, Running state, Instant now) {
    Service ending =
        service.ready(state.endingBy(NEVER)).wishing(service.wish().ending(StopReason.RUNTIME_MAX));
    return ProbeTurn.due(ending, state.run(), state.probing(), now);
  }

  private static Duration readyFor(Running state, Moment moment) {
    return Duration.between(state.readyAt(), moment.now());
  }

  /// An end that comes while one is wanted is the wanted one, whatever its status.
  private static ServiceState.Departure departure(
      Service service, ExitStatus status, Duration readyFor) {
    @Nullable StopReason asked = service.wish().endRun();
    if (asked == null && !service.wish().up()) {
      asked = StopReason.UNWANTED;
    }
    return new ServiceState.Departure(asked, status, readyFor);
  }
}

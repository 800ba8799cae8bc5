package dev.coffey.lifecycle;

import static java.util.Objects.requireNonNull;

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
import dev.coffey.lifecycle.ServiceState.Clearing;
import dev.coffey.lifecycle.ServiceState.Departure;
import dev.coffey.lifecycle.ServiceState.StopFailed;
import dev.coffey.lifecycle.ServiceState.Stopping;
import dev.coffey.spec.StopSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The states on the way down: stopping, clearing, and the end that is refused.
final class Downward {
  /// How long after KILL something may still be there before it is given up.
  static final Duration KILL_PATIENCE_MAX = Duration.ofSeconds(10);

  private Downward() {}

  /// Asks a service that has a process to end.
  static Step stop(Service service, StopReason reason, Instant now) {
    Run run = service.state().process().orElseThrow();
    Duration readyFor =
        service
            .state()
            .ready()
            .map(running -> Duration.between(running.readyAt(), now))
            .orElse(Duration.ZERO);
    Instant killAt = now.plus(service.spec().stop().timeout());
    StopSpec stop = service.spec().stop();
    return Step.to(
        service.in(new Stopping(run, reason, readyFor, killAt, false), now),
        new Effect.CancelProbes(run.id()),
        stop.command() == null
            ? terminate(service, run)
            : new Effect.StopCommand(run.id(), run.pid(), stop.command()));
  }

  private static Effect terminate(Service service, Run run) {
    return new Effect.Terminate(run.id(), service.spec().stop().signal());
  }

  /// The main process is gone; what it left has as long as a stop would give it.
  static Step clear(Service service, Run run, Departure departure, Moment moment) {
    Instant killAt = moment.now().plus(service.spec().stop().timeout());
    return Step.to(
        service.in(new Clearing(run, departure, killAt, false), moment.now()),
        new Effect.CancelProbes(run.id()),
        terminate(service, run),
        new Effect.Sweep(run.id()));
  }

  static Step whenStopping(Service service, Stopping state, ServiceEvent event, Moment moment) {
    return switch (event) {
      case Ended(_, ExitStatus status) -> {
        Departure departure = new Departure(state.reason(), status, state.readyFor());
        // A command has asked the main process alone: what it has left is asked now.
        yield Step.to(
            service.in(
                new Clearing(state.run(), departure, state.killAt(), state.killed()), moment.now()),
            service.spec().stop().command() == null || state.killed()
                ? List.of(new Effect.Sweep(state.run().id()))
                : List.of(terminate(service, state.run()), new Effect.Sweep(state.run().id())));
      }
      case StopCommandEnded(_, boolean good) ->
          good || state.killed()
              ? Lifecycle.stay(service)
              : Step.to(service, terminate(service, state.run()));
      case DeadlinePassed _ when state.killAt().isAfter(moment.now()) -> Lifecycle.stay(service);
      case DeadlinePassed _ when state.killed() -> giveUp(service, state.run(), 1, moment);
      case DeadlinePassed _ ->
          Step.to(
              service.in(
                  new Stopping(
                      state.run(), state.reason(), state.readyFor(), patience(moment), true),
                  moment.now()),
              new Effect.Kill(state.run().id()));
      case RefusedToDie(_, int processes) -> giveUp(service, state.run(), processes, moment);
      case StopGranted _, ProbeReported _, Emptied _, ReloadBegan _, ReloadEnded _ ->
          Lifecycle.stay(service);
      case StartGranted _, Launched _, LaunchFailed _ -> throw Lifecycle.impossible(service, event);
    };
  }

  static Step whenClearing(Service service, Clearing state, ServiceEvent event, Moment moment) {
    return switch (event) {
      case Emptied _ -> AfterEnd.departed(service, state.departure(), state.killed(), moment);
      case DeadlinePassed _ when state.killAt().isAfter(moment.now()) -> Lifecycle.stay(service);
      case DeadlinePassed _ when state.killed() -> giveUp(service, state.run(), 1, moment);
      case DeadlinePassed _ ->
          Step.to(
              service.in(
                  new Clearing(state.run(), state.departure(), patience(moment), true),
                  moment.now()),
              new Effect.Kill(state.run().id()));
      case RefusedToDie(_, int processes) -> giveUp(service, state.run(), processes, moment);
      case StopGranted _, ProbeReported _, StopCommandEnded _, ReloadBegan _, ReloadEnded _ ->
          Lifecycle.stay(service);
      case StartGranted _, Launched _, LaunchFailed _, Ended _ ->
          throw Lifecycle.impossible(service, event);
    };
  }

  static Step whenStopFailed(Service service, StopFailed state, ServiceEvent event, Moment moment) {
    return switch (event) {
      case Ended(_, ExitStatus status) ->
          clear(
              service,
              state.run(),
              new Departure(survived(service), status, Duration.ZERO),
              moment);
      case Emptied _ -> {
        Departure departure =
            new Departure(survived(service), new ExitStatus.Unseen(), Duration.ZERO);
        yield AfterEnd.departed(service, departure, true, moment);
      }
      case StopGranted _, DeadlinePassed _, ProbeReported _, RefusedToDie _, StopCommandEnded _ ->
          Lifecycle.stay(service);
      case ReloadBegan _, ReloadEnded _ -> Lifecycle.stay(service);
      case StartGranted _, Launched _, LaunchFailed _ -> throw Lifecycle.impossible(service, event);
    };
  }

  /// The end of what had survived KILL is not weighed; a run that was cut short is made up for.
  private static StopReason survived(Service service) {
    @Nullable StopReason endRun = service.wish().endRun();
    return endRun == StopReason.RESTART || endRun == StopReason.DEPENDENCY
        ? endRun
        : StopReason.UNWANTED;
  }

  private static Instant patience(Moment moment) {
    return moment.now().plus(KILL_PATIENCE_MAX);
  }

  private static Step giveUp(Service service, Run run, int processes, Moment moment) {
    return Step.to(requireNonNull(service).in(new StopFailed(run, processes), moment.now()));
  }
}

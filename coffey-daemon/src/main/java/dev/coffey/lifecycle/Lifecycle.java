package dev.coffey.lifecycle;

import dev.coffey.lifecycle.ServiceEvent.DeadlinePassed;
import dev.coffey.lifecycle.ServiceEvent.Emptied;
import dev.coffey.lifecycle.ServiceEvent.Ended;
import dev.coffey.lifecycle.ServiceEvent.LaunchFailed;
import dev.coffey.lifecycle.ServiceEvent.Launched;
import dev.coffey.lifecycle.ServiceEvent.News;
import dev.coffey.lifecycle.ServiceEvent.ProbeReported;
import dev.coffey.lifecycle.ServiceEvent.RefusedToDie;
import dev.coffey.lifecycle.ServiceEvent.ReloadBegan;
import dev.coffey.lifecycle.ServiceEvent.ReloadEnded;
import dev.coffey.lifecycle.ServiceEvent.StartGranted;
import dev.coffey.lifecycle.ServiceEvent.StopCommandEnded;
import dev.coffey.lifecycle.ServiceEvent.StopGranted;
import dev.coffey.lifecycle.ServiceState.BackingOff;
import dev.coffey.lifecycle.ServiceState.Clearing;
import dev.coffey.lifecycle.ServiceState.Completed;
import dev.coffey.lifecycle.ServiceState.Down;
import dev.coffey.lifecycle.ServiceState.Failed;
import dev.coffey.lifecycle.ServiceState.Launching;
import dev.coffey.lifecycle.ServiceState.Queued;
import dev.coffey.lifecycle.ServiceState.Reloading;
import dev.coffey.lifecycle.ServiceState.Running;
import dev.coffey.lifecycle.ServiceState.Starting;
import dev.coffey.lifecycle.ServiceState.StopFailed;
import dev.coffey.lifecycle.ServiceState.Stopping;
import dev.coffey.spec.ServiceSpec;
import java.time.Instant;

/// The machine of one service. Each state has one method and each event one line in it, so that a
/// new event does not compile until every state has thought about it.
public final class Lifecycle {
  private Lifecycle() {}

  /// What one event makes of a service.
  public static Step step(Service service, ServiceEvent event, Moment moment) {
    if (event instanceof News news && stale(service, news)) {
      return stay(service);
    }
    return switch (service.state()) {
      case Down _, Queued _ -> whenDown(service, event, moment);
      case Launching state -> Upward.whenLaunching(service, state, event, moment);
      case Starting state -> Upward.whenStarting(service, state, event, moment);
      case Running state -> Upward.whenRunning(service, state, event, moment);
      case Reloading state -> Upward.whenReloading(service, state, event, moment);
      case Stopping state -> Downward.whenStopping(service, state, event, moment);
      case Clearing state -> Downward.whenClearing(service, state, event, moment);
      case StopFailed state -> Downward.whenStopFailed(service, state, event, moment);
      case BackingOff state -> whenBackingOff(service, state, event, moment);
      case Completed _, Failed _ -> whenOver(service, event);
    };
  }

  /// The same service with what may change while it runs; its probes begin anew where they changed,
  /// and so do its deadlines.
  public static Service respecified(Service service, ServiceSpec spec, Instant now) {
    boolean sameProbes = service.spec().health().equals(spec.health());
    Service changed = Holding.retimed(service.specified(spec), service.spec().start(), now);
    return switch (changed.state()) {
      case Starting state when !sameProbes -> Upward.reprobed(changed, state, now);
      case Running state when !sameProbes -> Upward.reprobed(changed, state, now);
      case Reloading(Running state, _) when !sameProbes -> Upward.reprobed(changed, state, now);
      default -> changed;
    };
  }

  /// The same service, left alone from now on.
  public static Service paused(Service service, Pause pause) {
    return Holding.paused(service, pause);
  }

  /// The same service in the daemon's hands again, with what should have been done meanwhile.
  public static Step resumed(Service service, Instant now) {
    return service.paused() ? Holding.resumed(service, now) : stay(service);
  }

  /// The same service, wanted again: one that was found dead while it was not ends all the same.
  public static Step reclaimed(Service service) {
    return service
        .state()
        .ready()
        .map(running -> ProbeTurn.overdue(service, running.probing()))
        .orElseGet(() -> stay(service));
  }

  private static boolean stale(Service service, News news) {
    return service.state().currentRun().filter(news.run()::equals).isEmpty();
  }

  private static Step whenDown(Service service, ServiceEvent event, Moment moment) {
    return switch (event) {
      case StartGranted(RunId run) -> launch(service, run, moment);
      case StopGranted _, DeadlinePassed _ -> stay(service);
      case Launched _, LaunchFailed _, Ended _, Emptied _ -> throw impossible(service, event);
      case RefusedToDie _, ProbeReported _, StopCommandEnded _ -> throw impossible(service, event);
      case ReloadBegan _, ReloadEnded _ -> throw impossible(service, event);
    };
  }

  private static Step launch(Service service, RunId run, Moment moment) {
    int restarts = service.restarts().total();
    Service launching =
        service.launchedAs(run).in(new Launching(run, restarts, null), moment.now());
    return Step.to(launching, new Effect.Launch(run, service.spec(), restarts));
  }

  private static Step whenBackingOff(
      Service service, BackingOff state, ServiceEvent event, Moment moment) {
    return switch (event) {
      case DeadlinePassed _ when state.retryAt().isAfter(moment.now()) -> stay(service);
      case DeadlinePassed _ -> Step.to(service.in(new Down(null), moment.now()));
      case StopGranted _ -> stay(service);
      case StartGranted _, Launched _, LaunchFailed _, Ended _, Emptied _ ->
          throw impossible(service, event);
      case RefusedToDie _, ProbeReported _, StopCommandEnded _ -> throw impossible(service, event);
      case ReloadBegan _, ReloadEnded _ -> throw impossible(service, event);
    };
  }

  private static Step whenOver(Service service, ServiceEvent event) {
    return switch (event) {
      case StopGranted _, DeadlinePassed _ -> stay(service);
      case StartGranted _, Launched _, LaunchFailed _, Ended _, Emptied _ ->
          throw impossible(service, event);
      case RefusedToDie _, ProbeReported _, StopCommandEnded _ -> throw impossible(service, event);
      case ReloadBegan _, ReloadEnded _ -> throw impossible(service, event);
    };
  }

  /// Thought about; nothing to do.
  static Step stay(Service service) {
    return Step.to(service);
  }

  /// A bug, if seen.
  static AssertionError impossible(Service service, ServiceEvent event) {
    return new AssertionError(
        "service '%s' met %s in %s".formatted(service.name(), event, service.state()));
  }
}

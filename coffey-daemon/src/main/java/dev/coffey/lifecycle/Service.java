package dev.coffey.lifecycle;

import dev.coffey.restart.Restarts;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One service: what is asked of it, where it is, and what is remembered of it.
///
/// @param spec what the present run was started with
/// @param since when it came into this state
/// @param last how the last run ended
/// @param lastRun the newest run it ever had
/// @param agenda its pause and its schedule
public record Service(
    ServiceSpec spec,
    Wish wish,
    ServiceState state,
    Instant since,
    Restarts restarts,
    @Nullable Result last,
    @Nullable RunId lastRun,
    Agenda agenda) {
  /// A service that has not run yet.
  public static Service unborn(ServiceSpec spec, boolean up, Instant now) {
    return new Service(
        spec,
        up ? Wish.UP : Wish.DOWN,
        new ServiceState.Down(null),
        now,
        Restarts.NONE,
        null,
        null,
        Agenda.NONE);
  }

  /// Its name.
  public ServiceName name() {
    return spec.name();
  }

  /// The same, in this state from now on.
  public Service in(ServiceState changed, Instant now) {
    boolean same = changed.getClass() == state.getClass();
    return new Service(spec, wish, changed, same ? since : now, restarts, last, lastRun, agenda);
  }

  /// The same, ready like this; reloading, where it is.
  Service ready(ServiceState.Running changed) {
    return in(
        state instanceof ServiceState.Reloading(_, Instant doneBy)
            ? new ServiceState.Reloading(changed, doneBy)
            : changed,
        since);
  }

  /// The same with another wish.
  public Service wishing(Wish changed) {
    return new Service(spec, changed, state, since, restarts, last, lastRun, agenda);
  }

  /// The same with another spec.
  public Service specified(ServiceSpec changed) {
    return new Service(changed, wish, state, since, restarts, last, lastRun, agenda);
  }

  /// The same, its failures forgotten: started by hand.
  public Service forgiven() {
    return new Service(spec, wish, state, since, Restarts.NONE, last, lastRun, agenda);
  }

  /// The same with another agenda.
  public Service with(Agenda changed) {
    return new Service(spec, wish, state, since, restarts, last, lastRun, changed);
  }

  /// The same with a run that its schedule need not ask for any more; without one nothing changes.
  public Service due() {
    return spec.schedule() == null ? this : with(agenda.due(true));
  }

  /// Whether the daemon leaves it alone.
  public boolean paused() {
    return agenda.pause() != null;
  }

  /// Whether nothing would bring it up now, though it is wanted and nothing is in its way.
  public boolean resting() {
    return paused() || (spec.schedule() != null && !agenda.due());
  }

  /// The moment at which it must be looked at again.
  public Instant deadline() {
    Pause pause = agenda.pause();
    return pause != null && pause.until().isBefore(state.deadline())
        ? pause.until()
        : state.deadline();
  }

  Service remembering(Restarts changed) {
    return new Service(spec, wish, state, since, changed, last, lastRun, agenda);
  }

  Service ended(Result result) {
    return new Service(spec, wish, state, since, restarts, result, lastRun, agenda);
  }

  Service launchedAs(RunId run) {
    return new Service(spec, wish, state, since, restarts, last, run, agenda.due(false));
  }

  /// What the probes say of it.
  public Health health() {
    return switch (state) {
      case ServiceState.Starting starting -> starting.probing().health();
      case ServiceState.Running running -> running.probing().health();
      case ServiceState.Reloading(ServiceState.Running running, _) -> running.probing().health();
      default ->
          spec.health().equals(dev.coffey.spec.HealthSpec.NONE) ? Health.NONE : Health.UNKNOWN;
    };
  }
}

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
public record Service(
    ServiceSpec spec,
    Wish wish,
    ServiceState state,
    Instant since,
    Restarts restarts,
    @Nullable Result last,
    @Nullable RunId lastRun) {
  /// A service that has not run yet.
  public static Service unborn(ServiceSpec spec, boolean up, Instant now) {
    return new Service(
        spec,
        up ? Wish.UP : Wish.DOWN,
        new ServiceState.Down(null),
        now,
        Restarts.NONE,
        null,
        null);
  }

  /// Its name.
  public ServiceName name() {
    return spec.name();
  }

  /// The same, in this state from now on.
  public Service in(ServiceState changed, Instant now) {
    boolean same = changed.getClass() == state.getClass();
    return new Service(spec, wish, changed, same ? since : now, restarts, last, lastRun);
  }

  /// The same with another wish.
  public Service wishing(Wish changed) {
    return new Service(spec, changed, state, since, restarts, last, lastRun);
  }

  /// The same with another spec.
  public Service specified(ServiceSpec changed) {
    return new Service(changed, wish, state, since, restarts, last, lastRun);
  }

  /// The same, its failures forgotten: started by hand.
  public Service forgiven() {
    return new Service(spec, wish, state, since, Restarts.NONE, last, lastRun);
  }

  Service remembering(Restarts changed) {
    return new Service(spec, wish, state, since, changed, last, lastRun);
  }

  Service ended(Result result) {
    return new Service(spec, wish, state, since, restarts, result, lastRun);
  }

  Service launchedAs(RunId run) {
    return new Service(spec, wish, state, since, restarts, last, run);
  }

  /// What the probes say of it.
  public Health health() {
    return switch (state) {
      case ServiceState.Starting starting -> starting.probing().health();
      case ServiceState.Running running -> running.probing().health();
      default ->
          spec.health().equals(dev.coffey.spec.HealthSpec.NONE) ? Health.NONE : Health.UNKNOWN;
    };
  }
}

package dev.coffey.lifecycle;

import dev.coffey.spec.Dependency;
import dev.coffey.spec.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a service is in its life. Each state holds exactly what is true in it, and nothing else.
///
/// ```
///            StartGranted            Launched              probes good
///   Down ──────────────▶ Launching ──────────▶ Starting ──────────────▶ Running
///    ▲ ▲                     │ LaunchFailed        │ Ended / stop           │ Ended / stop
///    │ └── BackingOff ◀──────┤                     ▼                        ▼
///    │         ▲             │            Stopping ──Ended──▶ Clearing ◀────┘ Ended
///    │         └─────────────┼──────────────────────────────────┤ Emptied
///    └── (asked for again) ── Completed, Failed ◀───────────────┘
/// ```
///
/// `Reloading` is `Running` with a word of its own: whatever leads out of the one leads out of the
/// other.
public sealed interface ServiceState {
  /// The moment that never comes.
  Instant NEVER = Instant.MAX;

  /// No process. Where it is wanted, the blocker says what it waits for.
  record Down(@Nullable Blocker blocker) implements ServiceState {}

  /// May start, and waits for its turn.
  record Queued(long ticket) implements ServiceState {}

  /// A launch is under way; a stop that arrives now is remembered until the process exists.
  record Launching(RunId run, int restarts, @Nullable StopReason stop) implements ServiceState {}

  /// Has a process, and is not ready yet; must be by `readyBy`.
  record Starting(Run run, Instant readyBy, Probing probing) implements ServiceState {}

  /// Ready; ended at `endBy` when it may not run for ever.
  record Running(Run run, Instant readyAt, Instant endBy, Probing probing) implements ServiceState {
    Running with(Probing changed) {
      return new Running(run, readyAt, endBy, changed);
    }

    Running endingBy(Instant changed) {
      return new Running(run, readyAt, changed, probing);
    }
  }

  /// Ready all the while, and taking in its configuration anew, as it has said itself; it is done
  /// when it says so, and by `doneBy` at the latest.
  record Reloading(Running running, Instant doneBy) implements ServiceState {}

  /// Asked to end; killed if still alive at `killAt`.
  ///
  /// @param readyFor how long it was ready; zero when it never was
  record Stopping(Run run, StopReason reason, Duration readyFor, Instant killAt, boolean killed)
      implements ServiceState {}

  /// The main process has ended; what it left behind is being ended, by force from `killAt`.
  record Clearing(Run run, Departure departure, Instant killAt, boolean killed)
      implements ServiceState {}

  /// Ended by itself; may start again at `retryAt`.
  ///
  /// @param budgeted whether that moment was given by the fleet's restart budget already
  record BackingOff(Instant retryAt, boolean budgeted) implements ServiceState {}

  /// Ended well, and is not to run again by itself.
  record Completed() implements ServiceState {}

  /// Ended badly, and is not tried again by itself.
  record Failed() implements ServiceState {}

  /// Survived KILL; nothing more can be done but to say so.
  record StopFailed(Run run, int processes) implements ServiceState {}

  /// What a service that is wanted waits for.
  ///
  /// @param stuck whether that is not even on its way
  /// @param edge which of the service's edges it is, so that the search goes on from there
  record Blocker(ServiceName on, Dependency.Condition condition, boolean stuck, int edge) {}

  /// How a run left.
  ///
  /// @param asked why it was asked to end, or `null` when nobody asked
  /// @param readyFor how long it was ready; zero when it never was
  record Departure(@Nullable StopReason asked, ExitStatus status, Duration readyFor) {}

  /// The moment at which this state must be looked at again.
  default Instant deadline() {
    return switch (this) {
      case Starting starting -> earlier(starting.readyBy(), starting.probing().deadline());
      case Running running -> earlier(running.endBy(), running.probing().deadline());
      case Reloading(Running running, Instant doneBy) -> earlier(doneBy, running.deadline());
      case Stopping stopping -> stopping.killAt();
      case Clearing clearing -> clearing.killAt();
      case BackingOff backingOff -> backingOff.retryAt();
      case Down _, Queued _, Launching _, Completed _, Failed _, StopFailed _ -> NEVER;
    };
  }

  /// The process, in the states that have one.
  default Optional<Run> process() {
    return switch (this) {
      case Starting starting -> Optional.of(starting.run());
      case Running running -> Optional.of(running.run());
      case Reloading reloading -> Optional.of(reloading.running().run());
      case Stopping stopping -> Optional.of(stopping.run());
      case Clearing clearing -> Optional.of(clearing.run());
      case StopFailed stopFailed -> Optional.of(stopFailed.run());
      case Down _, Queued _, Launching _, BackingOff _, Completed _, Failed _ -> Optional.empty();
    };
  }

  /// What is true of it while it is ready, reloading or not.
  default Optional<Running> ready() {
    return switch (this) {
      case Running running -> Optional.of(running);
      case Reloading reloading -> Optional.of(reloading.running());
      case Down _, Queued _, Launching _, Starting _, BackingOff _ -> Optional.empty();
      case Stopping _, Clearing _, StopFailed _, Completed _, Failed _ -> Optional.empty();
    };
  }

  /// The run whose news counts, where there is one.
  default Optional<RunId> currentRun() {
    return this instanceof Launching launching
        ? Optional.of(launching.run())
        : process().map(Run::id);
  }

  /// Whether something of it exists, or is about to, that must end before it can start again.
  default boolean alive() {
    return switch (this) {
      case Launching _, Starting _, Running _, Reloading _ -> true;
      case Stopping _, Clearing _, StopFailed _ -> true;
      case Down _, Queued _, BackingOff _, Completed _, Failed _ -> false;
    };
  }

  /// Whether a run is under way, or is about to be, that nothing has ended yet.
  default boolean goesOn() {
    return switch (this) {
      case Launching _, Starting _, Running _, Reloading _ -> true;
      case Stopping _, Clearing _, StopFailed _ -> false;
      case Down _, Queued _, BackingOff _, Completed _, Failed _ -> false;
    };
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}

package dev.coffey.supervisor;

import dev.coffey.fleet.Command;
import dev.coffey.fleet.Fleet;
import dev.coffey.fleet.ServiceView;
import dev.coffey.fleet.ShownState;
import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceState;
import dev.coffey.lifecycle.ServiceState.BackingOff;
import dev.coffey.lifecycle.ServiceState.Completed;
import dev.coffey.lifecycle.ServiceState.Down;
import dev.coffey.lifecycle.ServiceState.Failed;
import dev.coffey.spec.ServiceName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an operation wants of one service, and whether it has come true.
sealed interface Goal {
  /// Ready, or done.
  ///
  /// @param after the run that does not count any more, or `null` when any run will do
  record Up(@Nullable RunId after) implements Goal {}

  /// Without a process, and not wanted.
  ///
  /// @param pending whether there was a process, or would have been one by itself
  record Stopped(boolean pending) implements Goal {}

  /// Nothing more than having been told.
  record Told() implements Goal {}

  /// How far a goal is.
  enum Verdict {
    PENDING,
    REACHED,
    MISSED
  }

  static Goal of(Command command, Service before) {
    return switch (command) {
      case Command.Start _ -> new Up(null);
      case Command.Restart restart -> new Up(ends(restart, before) ? before.lastRun() : null);
      case Command.Stop _ -> new Stopped(pending(before));
      case Command.Signal _, Command.Pause _, Command.Resume _ -> new Told();
    };
  }

  private static boolean pending(Service before) {
    return switch (before.state()) {
      case Down _ -> before.wish().up();
      case Completed _, Failed _ -> false;
      default -> true;
    };
  }

  /// Whether it ends the run there is: of those that are not wanted, only the ones it names; those
  /// that it only needs, and those whose turn would come later, are wanted again and go on.
  private static boolean ends(Command.Restart restart, Service before) {
    boolean named = restart.atOnce() == 0 && restart.services().contains(before.name());
    return before.state().alive() && (before.wish().up() || named);
  }

  /// What putting another plan in force wants, of those that it touches.
  static Map<ServiceName, Goal> ofReload(Fleet before, Fleet after) {
    Map<ServiceName, Goal> goals = new LinkedHashMap<>();
    for (Service service : after.services()) {
      ServiceName name = service.name();
      if (!after.plan().services().containsKey(name)) {
        goals.put(name, new Stopped(true));
      } else {
        before
            .service(name)
            .map(earlier -> ofReload(earlier, service))
            .orElseGet(() -> Optional.of(service.wish().up() ? new Up(null) : new Told()))
            .ifPresent(goal -> goals.put(name, goal));
      }
    }
    return goals;
  }

  private static Optional<Goal> ofReload(Service before, Service after) {
    if (after.wish().up() && after.wish().endRun() != null && before.wish().endRun() == null) {
      return Optional.of(new Up(after.lastRun()));
    }
    if (after.wish().up() && !before.wish().up()) {
      return Optional.of(new Up(null));
    }
    if (failed(before.state()) && !failed(after.state())) {
      return Optional.of(new Up(before.lastRun()));
    }
    return before.spec().equals(after.spec()) ? Optional.empty() : Optional.of(new Told());
  }

  private static boolean failed(ServiceState state) {
    return state instanceof BackingOff || state instanceof Failed;
  }

  default Verdict verdict(ServiceView view) {
    return switch (this) {
      case Up(RunId after) -> up(view, after);
      case Stopped _ -> stopped(view);
      case Told() -> Verdict.REACHED;
    };
  }

  private static Verdict up(ServiceView view, @Nullable RunId after) {
    Service service = view.service();
    if (!service.wish().up()) {
      return Verdict.MISSED;
    }
    boolean early = after != null && after.equals(service.lastRun());
    return switch (view.state()) {
      case RUNNING, RELOADING ->
          early || service.wish().endRun() != null ? Verdict.PENDING : Verdict.REACHED;
      case COMPLETED -> early ? Verdict.PENDING : Verdict.REACHED;
      case BACKOFF -> early ? Verdict.PENDING : Verdict.MISSED;
      case FAILED, STOP_FAILED -> Verdict.MISSED;
      case WAITING -> service.resting() || stuck(service) ? Verdict.MISSED : Verdict.PENDING;
      case STARTING, STOPPING, STOPPED -> Verdict.PENDING;
    };
  }

  private static boolean stuck(Service service) {
    return service.state() instanceof Down(var blocker) && blocker != null && blocker.stuck();
  }

  private static Verdict stopped(ServiceView view) {
    if (view.service().wish().up()) {
      return Verdict.MISSED;
    }
    if (view.state() == ShownState.STOP_FAILED) {
      return Verdict.MISSED;
    }
    return view.service().state().alive() ? Verdict.PENDING : Verdict.REACHED;
  }
}

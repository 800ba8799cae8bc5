package dev.coffey.fleet;

import dev.coffey.fleet.Links.Edge;
import dev.coffey.lifecycle.Pause;
import dev.coffey.lifecycle.Result;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceState;
import dev.coffey.lifecycle.ServiceState.BackingOff;
import dev.coffey.lifecycle.ServiceState.Blocker;
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
import dev.coffey.lifecycle.StopReason;
import dev.coffey.lifecycle.Track;
import dev.coffey.spec.Dependency.Condition;
import dev.coffey.spec.ScheduleSpec;
import dev.coffey.spec.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A service as it is shown, derived from the fleet at one moment.
///
/// @param reason why it is where it is, as half a sentence; may be empty
/// @param restarting whether it is being stopped only to start again
public record ServiceView(
    Service service,
    ShownState state,
    boolean restarting,
    String reason,
    List<Requirement> requirements) {
  /// One requirement, and whether it holds now.
  public record Requirement(ServiceName name, Condition condition, boolean optional, boolean met) {}

  public ServiceView {
    requirements = List.copyOf(requirements);
  }

  /// One service of a fleet.
  public static Optional<ServiceView> of(Fleet fleet, ServiceName name) {
    return fleet.service(name).map(service -> of(fleet, service));
  }

  /// All services of a fleet by name.
  public static List<ServiceView> all(Fleet fleet) {
    return fleet.services().stream().map(service -> of(fleet, service)).toList();
  }

  /// A service in the fleet it comes from.
  public static ServiceView of(Fleet fleet, Service service) {
    boolean wanted = fleet.wanted(service);
    return new ServiceView(
        service,
        shown(service, wanted),
        ending(service) && wanted,
        reason(fleet, service, wanted),
        requirements(fleet, service));
  }

  private static ShownState shown(Service service, boolean wanted) {
    return switch (service.state()) {
      case Down _ -> wanted ? ShownState.WAITING : ShownState.STOPPED;
      case Queued _ -> ShownState.WAITING;
      case Launching _, Starting _ -> ShownState.STARTING;
      case Running _ -> ShownState.RUNNING;
      case Reloading _ -> ShownState.RELOADING;
      case Stopping _, Clearing _ -> ShownState.STOPPING;
      case BackingOff _ -> ShownState.BACKOFF;
      case Completed _ -> ShownState.COMPLETED;
      case Failed _ -> ShownState.FAILED;
      case StopFailed _ -> ShownState.STOP_FAILED;
    };
  }

  private static boolean ending(Service service) {
    return service.state() instanceof Stopping || service.state() instanceof Clearing;
  }

  private static String reason(Fleet fleet, Service service, boolean wanted) {
    ServiceState state = service.state();
    @Nullable Pause pause = service.agenda().pause();
    if (pause != null && wanted && !(state instanceof Stopping)) {
      return pause.reason().isEmpty() ? "paused" : "paused: " + pause.reason();
    }
    return switch (state) {
      case Down _ when wanted && service.resting() -> "waits for its schedule" + times(service);
      case Down(Blocker blocker) when wanted && blocker != null -> waiting(fleet, blocker);
      case Down _ when !service.wish().up() -> unwanted(fleet, service);
      case Queued _ -> slots(fleet.plan().daemon().limits().startParallelism());
      case Launching(_, _, var stop) when stop != null -> "stops as soon as it is launched";
      case Launching _, Starting _, Running _, Reloading _ when !holder(fleet, service).isEmpty() ->
          "ends after '%s'".formatted(holder(fleet, service));
      case Starting starting -> probing(starting.probing().tracks().values());
      case Running running -> trouble(running.probing().tracks().values());
      case Reloading(Running running, _) -> trouble(running.probing().tracks().values());
      case Stopping stopping ->
          stopping.killed()
              ? "killed" + cause(stopping.reason())
              : "asked to end" + cause(stopping.reason()) + grace(service, stopping);
      case BackingOff(_, boolean budgeted) when budgeted ->
          last(service) + ", restart budget spent";
      case BackingOff _, Failed _ -> last(service);
      case StopFailed(_, int processes) ->
          processes == 1
              ? "1 process survived KILL"
              : "%d processes survived KILL".formatted(processes);
      case Down _, Launching _, Clearing _, Completed _ -> "";
    };
  }

  private static String slots(int number) {
    return number == 1
        ? "waits for the start slot"
        : "waits for one of %d start slots".formatted(number);
  }

  /// Which times those are.
  private static String times(Service service) {
    @Nullable ScheduleSpec schedule = service.spec().schedule();
    return switch (schedule == null ? null : schedule.timing()) {
      case ScheduleSpec.Timing.Every(Duration interval) -> ", every " + brief(interval);
      case ScheduleSpec.Timing.Cron(String expression, var zone) ->
          ", '%s' in %s".formatted(expression, zone);
      case null -> "";
    };
  }

  /// `1h30m`.
  private static String brief(Duration duration) {
    return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
  }

  /// How long it has before it is killed.
  private static String grace(Service service, Stopping stopping) {
    Duration grace = Duration.between(service.since(), stopping.killAt());
    return grace.isPositive() ? ", has " + brief(grace) : "";
  }

  /// Who must end before this one may, where it is to end.
  private static String holder(Fleet fleet, Service service) {
    boolean stopping = fleet.phase() == Phase.STOPPING || fleet.over();
    boolean ends = stopping || !service.wish().up() || service.wish().endRun() != null;
    if (!ends) {
      return "";
    }
    @Nullable Service holder =
        fleet
            .links()
            .position(service.name())
            .map(index ->
                Requirements.holder(fleet.links().neededBy(index), fleet.roster()::at, stopping))
            .orElse(null);
    return holder == null ? "" : holder.name().value();
  }

  /// Why a run is ended, where that is not simply that nobody wants it.
  private static String cause(StopReason reason) {
    return switch (reason) {
      case UNWANTED -> "";
      case RESTART -> " for a restart";
      case DEPENDENCY -> ", as its dependency has";
      case PROBE -> ", its liveness probe has failed";
      case START_TIMEOUT -> ", not ready in time";
      case RUNTIME_MAX -> ", it ran longer than max_runtime";
    };
  }

  private static String unwanted(Fleet fleet, Service service) {
    if (!fleet.plan().services().containsKey(service.name())) {
      return "not in the configuration any more";
    }
    return service.spec().start().enabled() ? "stopped by hand" : "not enabled";
  }

  private static String waiting(Fleet fleet, Blocker blocker) {
    String condition = blocker.condition().name().toLowerCase(Locale.ROOT);
    String now =
        fleet
            .service(blocker.on())
            .map(other -> shown(other, fleet.wanted(other)).word())
            .orElse("gone");
    return "waits for '%s' to be %s (it is %s)".formatted(blocker.on(), condition, now);
  }

  private static String probing(Iterable<Track> tracks) {
    String trouble = trouble(tracks);
    return trouble.isEmpty() ? "not ready yet" : trouble;
  }

  private static String trouble(Iterable<Track> tracks) {
    for (Track track : tracks) {
      if (track.bads() > 0 && track.last() != null) {
        String often = track.bads() == 1 ? "once" : "%d times".formatted(track.bads());
        return "probe failed %s: %s".formatted(often, track.last().detail());
      }
    }
    return "";
  }

  private static String last(Service service) {
    @Nullable Result last = service.last();
    return last == null ? "" : last.message();
  }

  private static List<Requirement> requirements(Fleet fleet, Service service) {
    List<Requirement> requirements = new ArrayList<>();
    boolean stopping = fleet.phase() == Phase.STOPPING || fleet.over();
    for (Edge edge : edges(fleet, service)) {
      if (service.spec().relations().dependsOn().contains(edge.dependency())) {
        Condition condition = edge.dependency().condition();
        boolean met = Requirements.holds(fleet.roster().at(edge.to()), condition, stopping);
        requirements.add(
            new Requirement(edge.dependency().on(), condition, edge.dependency().optional(), met));
      }
    }
    return requirements;
  }

  /// None for a service that the fleet has just forgotten.
  private static List<Edge> edges(Fleet fleet, Service service) {
    return fleet.links().position(service.name()).map(fleet.links()::needs).orElse(List.of());
  }
}

package dev.coffey.control;

import dev.coffey.fleet.ServiceView;
import dev.coffey.lifecycle.Agenda;
import dev.coffey.lifecycle.ExitStatus.Exited;
import dev.coffey.lifecycle.ExitStatus.OutOfMemory;
import dev.coffey.lifecycle.ExitStatus.Signaled;
import dev.coffey.lifecycle.ExitStatus.Unseen;
import dev.coffey.lifecycle.Pause;
import dev.coffey.lifecycle.ProbeKind;
import dev.coffey.lifecycle.ProbeOutcome;
import dev.coffey.lifecycle.Probing;
import dev.coffey.lifecycle.Result;
import dev.coffey.lifecycle.Run;
import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceState;
import dev.coffey.lifecycle.Track;
import dev.coffey.spec.About;
import dev.coffey.spec.HealthSpec;
import dev.coffey.spec.ProbeSpec;
import dev.coffey.supervisor.Ground;
import dev.coffey.usage.Usages;
import dev.coffey.v1.Dependency;
import dev.coffey.v1.Desired;
import dev.coffey.v1.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Services as messages. The same view at the same moment always gives the same message, but for
/// what its processes use.
final class ServiceMessages {
  private static final int KILL = 9;

  private final WallTime wall;
  private final Usages usages;
  private final Ground ground;

  ServiceMessages(WallTime wall, Usages usages, Ground ground) {
    this.wall = wall;
    this.usages = usages;
    this.ground = ground;
  }

  /// A service as it is, its uptime counted to this moment.
  dev.coffey.v1.Service message(ServiceView view, Instant now) {
    Service service = view.service();
    ServiceState state = service.state();
    var message =
        dev.coffey.v1.Service.newBuilder()
            .setName(service.name().value())
            .setState(Words.of(view.state()))
            .setDesired(service.wish().up() ? Desired.DESIRED_UP : Desired.DESIRED_DOWN)
            .setHealth(Words.of(service.health()))
            .setRestarts(service.restarts().total())
            .setSince(wall.shown(service.since()))
            .setRestarting(view.restarting());
    if (!view.reason().isEmpty()) {
      message.setReason(view.reason());
    }
    @Nullable RunId run = state.currentRun().orElse(service.lastRun());
    if (run != null) {
      message.setRunId(run.value());
    }
    state.process().ifPresent(process -> addProcess(message, process, now));
    @Nullable Result last = service.last();
    if (last != null) {
      message.setResult(result(last));
    }
    addMoments(message, service);
    if (state instanceof ServiceState.Completed && service.spec().start().remainAfterExit()) {
      message.setCountsAsRunning(true);
    }
    addAgenda(message, service.agenda());
    if (service.restarts().attempt() > 0) {
      message.setAttempt(service.restarts().attempt());
    }
    addAbout(message, service.spec().about());
    for (ServiceView.Requirement requirement : view.requirements()) {
      message.addDependsOn(dependency(requirement));
    }
    message.addAllProbes(probes(service));
    message.addAllNotices(ground.notices(service.spec()));
    return message.build();
  }

  private void addProcess(dev.coffey.v1.Service.Builder message, Run process, Instant now) {
    message.setPid(process.pid());
    message.setUptimeMs(Math.max(0, Duration.between(process.launchedAt(), now).toMillis()));
    usages
        .of(process.id())
        .ifPresent(usage ->
            message
                .setCpuPercent(usage.cpuPercent())
                .setMemoryBytes(usage.memoryBytes())
                .setTasks(usage.tasks())
                .setDescriptors(usage.descriptors()));
  }

  /// In a pause nothing is tried.
  private void addMoments(dev.coffey.v1.Service.Builder message, Service service) {
    switch (service.state()) {
      case ServiceState.Running running -> message.setReadySince(wall.shown(running.readyAt()));
      case ServiceState.Reloading(ServiceState.Running running, _) ->
          message.setReadySince(wall.shown(running.readyAt()));
      case ServiceState.BackingOff waiting when !service.paused() ->
          message.setNextTry(wall.shown(waiting.retryAt()));
      default -> {}
    }
  }

  private void addAgenda(dev.coffey.v1.Service.Builder message, Agenda agenda) {
    @Nullable Pause pause = agenda.pause();
    if (pause != null) {
      message.setPaused(true);
      if (!pause.until().equals(ServiceState.NEVER)) {
        message.setPausedUntil(wall.shown(pause.until()));
      }
    }
    if (agenda.next() != null) {
      message.setNextRun(WallTime.timestamp(agenda.next()));
    }
  }

  private static void addAbout(dev.coffey.v1.Service.Builder message, About about) {
    message.putAllLabels(about.labels());
    if (!about.description().isEmpty()) {
      message.setDescription(about.description());
    }
    if (!about.tier().isEmpty()) {
      message.setTier(about.tier());
    }
  }

  private static Dependency dependency(ServiceView.Requirement requirement) {
    return Dependency.newBuilder()
        .setName(requirement.name().value())
        .setCondition(Words.of(requirement.condition()))
        .setMet(requirement.met())
        .setOptional(requirement.optional())
        .build();
  }

  /// How a run ended.
  dev.coffey.v1.Result result(Result result) {
    var message =
        dev.coffey.v1.Result.newBuilder()
            .setKind(Words.of(result.kind()))
            .setAt(wall.shown(result.at()));
    switch (result.status()) {
      case Exited(int code) -> message.setExitCode(code);
      case Signaled(int number, String name, _) -> message.setSignal(name).setSignalNumber(number);
      case OutOfMemory() -> message.setSignal("KILL").setSignalNumber(KILL);
      case Unseen() -> {}
      case null -> {}
    }
    boolean saidAlready =
        result.status() != null && result.message().equals(result.status().described());
    if (!result.message().isEmpty() && !saidAlready) {
      message.setMessage(result.message());
    }
    Words.stage(result.kind()).ifPresent(message::setStage);
    return message.build();
  }

  private static List<Probe> probes(Service service) {
    HealthSpec health = service.spec().health();
    List<Probe> probes = new ArrayList<>();
    Map<ProbeKind, Track> tracks = new TreeMap<>(tracks(service.state()));
    for (ProbeKind kind : ProbeKind.values()) {
      @Nullable ProbeSpec spec =
          switch (kind) {
            case STARTUP -> health.startup();
            case READINESS -> health.readiness();
            case LIVENESS -> health.liveness();
          };
      if (spec != null) {
        probes.add(probe(kind, spec, tracks.get(kind)));
      }
    }
    return probes;
  }

  private static Map<ProbeKind, Track> tracks(ServiceState state) {
    return switch (state) {
      case ServiceState.Starting(_, _, Probing probing) -> probing.tracks();
      case ServiceState.Running(_, _, _, Probing probing) -> probing.tracks();
      case ServiceState.Reloading(ServiceState.Running running, _) -> running.probing().tracks();
      default -> Map.of();
    };
  }

  private static Probe probe(ProbeKind kind, ProbeSpec spec, @Nullable Track track) {
    Probe.Builder probe =
        Probe.newBuilder()
            .setRole(Words.of(kind))
            .setType(Words.of(spec.check()))
            .setFailureThreshold(spec.failureThreshold());
    @Nullable ProbeOutcome last = track == null ? null : track.last();
    if (track != null && last != null) {
      probe
          .setFailures(track.bads())
          .setPassed(last.good())
          .setLatencyMs(last.latency().toMillis())
          .setOutput(last.detail());
    }
    return probe.build();
  }
}

package dev.coffey.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.coffey.lifecycle.ServiceState.Reloading;
import dev.coffey.lifecycle.ServiceState.Running;
import dev.coffey.lifecycle.ServiceState.Starting;
import dev.coffey.lifecycle.Track.Verdict;
import dev.coffey.spec.ProbeSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One answer of one probe, and what it leads to.
record ProbeTurn(ProbeKind kind, ProbeOutcome outcome, Instant now) {

  /// Orders the probes whose time has come.
  static Step due(Service service, Run run, Probing probing, Instant now) {
    List<Effect> effects = new ArrayList<>();
    Probing asked = probing;
    for (Map.Entry<ProbeKind, Track> entry : probing.tracks().entrySet()) {
      ProbeKind kind = entry.getKey();
      @Nullable ProbeSpec spec = Probing.specOf(service.spec().health(), kind);
      if (spec != null && !entry.getValue().next().isAfter(now)) {
        asked = asked.with(kind, entry.getValue().underWay());
        effects.add(new Effect.Probe(run.id(), service.name(), kind, spec));
      }
    }
    return new Step(probing(service, asked), effects, false, false);
  }

  static Step whenStarting(Service service, Starting state, ProbeTurn turn) {
    @Nullable ProbeSpec spec = Probing.specOf(service.spec().health(), turn.kind);
    Track before = state.probing().tracks().get(turn.kind);
    if (spec == null || before == null) {
      return Lifecycle.stay(service);
    }
    Track after = before.after(turn.outcome, spec, turn.now.plus(spec.firstInterval()));
    Probing probing = state.probing().with(turn.kind, after);
    if (after.verdict() != Verdict.GOOD) {
      return Step.to(probing(service, probing));
    }
    if (turn.kind == ProbeKind.STARTUP && service.spec().health().readiness() != null) {
      Probing next =
          probing
              .without(ProbeKind.STARTUP)
              .begin(state.run().id(), service.spec().health(), ProbeKind.READINESS, turn.now);
      return Step.to(probing(service, next));
    }
    Probing steady = probing.with(turn.kind, after.at(turn.now.plus(spec.interval())));
    return Step.to(Upward.ready(service, state.run(), steady, turn.now));
  }

  static Step whenRunning(Service service, Running state, ProbeTurn turn) {
    @Nullable ProbeSpec spec = Probing.specOf(service.spec().health(), turn.kind);
    Track before = state.probing().tracks().get(turn.kind);
    if (spec == null || before == null) {
      return Lifecycle.stay(service);
    }
    Track after = before.after(turn.outcome, spec, turn.now.plus(spec.interval()));
    Service told = probing(service, state.probing().with(turn.kind, after));
    boolean turnedBad = after.verdict() == Verdict.BAD && before.verdict() != Verdict.BAD;
    return turnedBad && turn.kind == ProbeKind.LIVENESS && !service.paused()
        ? act(told, spec.action())
        : Step.to(told);
  }

  /// What a liveness probe has asked for while nobody listened.
  static Step overdue(Service service, Probing probing) {
    @Nullable ProbeSpec spec = service.spec().health().liveness();
    @Nullable Track track = probing.tracks().get(ProbeKind.LIVENESS);
    return spec != null && track != null && track.verdict() == Verdict.BAD
        ? act(service, spec.action())
        : Step.to(service);
  }

  /// A run that is to end already does so for its first reason: who has asked for a restart gets
  /// it.
  private static Step act(Service service, ProbeSpec.Action action) {
    if (service.wish().endRun() != null) {
      return Step.to(service);
    }
    return switch (action) {
      case NONE -> Step.to(service);
      case RESTART -> Step.to(service.wishing(service.wish().ending(StopReason.PROBE)));
      case STOP -> Step.to(service.wishing(Wish.DOWN.ending(StopReason.PROBE)));
      case SHUTDOWN -> new Step(service, List.of(), false, true);
    };
  }

  private static Service probing(Service service, Probing changed) {
    return switch (service.state()) {
      case Starting(Run run, Instant readyBy, _) ->
          service.in(new Starting(run, readyBy, changed), service.since());
      case Running running -> service.ready(running.with(changed));
      case Reloading(Running running, _) -> service.ready(running.with(changed));
      default -> requireNonNull(service);
    };
  }
}

package dev.coffey.lifecycle;

import static dev.coffey.lifecycle.ServiceState.NEVER;

import dev.coffey.lifecycle.Track.Verdict;
import dev.coffey.spec.HealthSpec;
import dev.coffey.spec.ProbeSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The probes of one run that are of concern now: startup first, then readiness, then, once ready,
/// liveness beside it; always in this order, so that the same events give the same effects.
public record Probing(Map<ProbeKind, Track> tracks) {
  /// No probe at all.
  public static final Probing NONE = new Probing(Map.of());

  public Probing {
    EnumMap<ProbeKind, Track> ordered = new EnumMap<>(ProbeKind.class);
    ordered.putAll(tracks);
    tracks = Collections.unmodifiableMap(ordered);
  }

  static @Nullable ProbeSpec specOf(HealthSpec health, ProbeKind kind) {
    return switch (kind) {
      case STARTUP -> health.startup();
      case READINESS -> health.readiness();
      case LIVENESS -> health.liveness();
    };
  }

  /// A probe is first looked at after its initial delay and a part of its interval that differs
  /// from run to run, so that a fleet's probes do not march in step.
  Probing begin(RunId run, HealthSpec health, ProbeKind kind, Instant now) {
    ProbeSpec spec = specOf(health, kind);
    if (spec == null) {
      return this;
    }
    Duration rhythm = kind == ProbeKind.LIVENESS ? spec.interval() : spec.firstInterval();
    long part = ((run.value() * 0x9E3779B97F4A7C15L) >>> 33) % 1000;
    Duration phase =
        kind == ProbeKind.LIVENESS ? rhythm.multipliedBy(part).dividedBy(1000) : Duration.ZERO;
    return with(kind, Track.from(now.plus(spec.initialDelay()).plus(phase)));
  }

  Probing with(ProbeKind kind, Track track) {
    EnumMap<ProbeKind, Track> changed = new EnumMap<>(ProbeKind.class);
    changed.putAll(tracks);
    changed.put(kind, track);
    return new Probing(changed);
  }

  Probing without(ProbeKind kind) {
    EnumMap<ProbeKind, Track> changed = new EnumMap<>(ProbeKind.class);
    changed.putAll(tracks);
    changed.remove(kind);
    return new Probing(changed);
  }

  Instant deadline() {
    Instant earliest = NEVER;
    for (Track track : tracks.values()) {
      earliest = track.next().isBefore(earliest) ? track.next() : earliest;
    }
    return earliest;
  }

  /// The verdict over all probes.
  public Health health() {
    Collection<Track> all = tracks.values();
    if (all.isEmpty()) {
      return Health.NONE;
    }
    if (all.stream().anyMatch(track -> track.verdict() == Verdict.BAD)) {
      return Health.UNHEALTHY;
    }
    if (all.stream().anyMatch(track -> track.bads() > 0 && track.verdict() == Verdict.GOOD)) {
      return Health.DEGRADED;
    }
    return all.stream().allMatch(track -> track.verdict() == Verdict.GOOD)
        ? Health.HEALTHY
        : Health.UNKNOWN;
  }
}

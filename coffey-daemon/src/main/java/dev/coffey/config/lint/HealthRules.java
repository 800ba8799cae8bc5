package dev.coffey.config.lint;

import dev.coffey.config.keys.Loopback;
import dev.coffey.spec.Check;
import dev.coffey.spec.HealthSpec;
import dev.coffey.spec.ProbeSpec;
import dev.coffey.spec.RestartPolicy;
import dev.coffey.spec.StartSpec;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiConsumer;

/// Rules about probes.
final class HealthRules {
  private HealthRules() {}

  private static void each(Subject.Service service, BiConsumer<String, ProbeSpec> look) {
    HealthSpec health = service.spec().health();
    if (health.startup() != null) {
      look.accept("startup", health.startup());
    }
    if (health.readiness() != null) {
      look.accept("readiness", health.readiness());
    }
    if (health.liveness() != null) {
      look.accept("liveness", health.liveness());
    }
  }

  static void notLoopback(Subject.Service service, Subject subject) {
    each(
        service,
        (kind, probe) -> {
          String host = host(probe.check());
          boolean local = host.isEmpty() || host.equals("0.0.0.0") || Loopback.is(host);
          if (!local) {
            String key = probe.check() instanceof Check.Http ? "url" : "address";
            service.warn(
                "probe-not-local",
                "healthcheck." + kind + "." + key,
                "'%s' is not this machine: another one's failure becomes this service's"
                    .formatted(host),
                "probe the service itself, at 127.0.0.1");
          }
        });
  }

  private static String host(Check check) {
    try {
      return switch (check) {
        case Check.Http http when Loopback.isPlainUrl(http.url()) -> "";
        case Check.Http http -> Objects.requireNonNullElse(new URI(http.url()).getHost(), "");
        case Check.Tcp(String address) -> address.substring(0, address.lastIndexOf(':'));
        case Check.Grpc(String address, _) -> address.substring(0, address.lastIndexOf(':'));
        default -> "";
      };
    } catch (URISyntaxException _) {
      return "";
    }
  }

  static void timeoutAboveInterval(Subject.Service service, Subject subject) {
    each(
        service,
        (kind, probe) -> {
          boolean longer = probe.timeout().compareTo(probe.interval()) > 0;
          if (longer && service.values().fields("healthcheck").fields(kind).has("timeout")) {
            service.warn(
                "timeout-above-interval",
                "healthcheck." + kind + ".timeout",
                "a probe may last longer than the time between two",
                "make the interval longer; probes never overlap");
          }
        });
  }

  static void startTimeoutTooShort(Subject.Service service, Subject subject) {
    HealthSpec health = service.spec().health();
    Duration timeout = service.spec().start().timeout();
    ProbeSpec probe = health.startup() == null ? health.readiness() : health.startup();
    if (timeout == null || probe == null) {
      return;
    }
    Duration soonest =
        probe
            .initialDelay()
            .plus(probe.firstInterval().multipliedBy(probe.successThreshold() - 1L));
    if (soonest.compareTo(timeout) >= 0) {
      service.warn(
          "never-ready",
          service.values().has("start_timeout") ? "start_timeout" : "healthcheck",
          "the first probes take longer than start_timeout: it can never be ready",
          "raise start_timeout");
    }
  }

  static void onOneshot(Subject.Service service, Subject subject) {
    if (service.spec().start().kind() == StartSpec.Kind.ONESHOT
        && !service.spec().health().equals(HealthSpec.NONE)) {
      service.warn(
          "probe-of-oneshot",
          "healthcheck",
          "a oneshot is ready when it has ended well; probes say nothing of that",
          "remove the probes, or make it a service");
    }
  }

  static void livenessWithoutRestart(Subject.Service service, Subject subject) {
    ProbeSpec liveness = service.spec().health().liveness();
    if (liveness != null
        && liveness.action() == ProbeSpec.Action.RESTART
        && service.spec().restart().policy() == RestartPolicy.NO) {
      service.warn(
          "restart-against-policy",
          "restart",
          "the liveness probe restarts the service, though its policy is 'no'",
          "set the probe's action to stop or none, or the policy to on-failure");
    }
  }
}

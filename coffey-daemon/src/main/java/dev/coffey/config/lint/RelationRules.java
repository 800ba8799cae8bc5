package dev.coffey.config.lint;

import dev.coffey.spec.Dependency;
import dev.coffey.spec.Dependency.Condition;
import dev.coffey.spec.RestartPolicy;
import dev.coffey.spec.StartSpec;
import java.util.HashSet;
import java.util.Set;

/// Rules about who waits for whom.
final class RelationRules {
  private RelationRules() {}

  static void healthyWithoutReadiness(Subject.Service service, Subject subject) {
    for (Dependency edge : service.spec().relations().dependsOn()) {
      Subject.Service other = subject.service(edge.on());
      if (other != null
          && edge.condition() == Condition.HEALTHY
          && !other.spec().health().hasReadiness()) {
        service.warn(
            "healthy-without-readiness",
            "depends_on",
            "'%s' has no readiness check: it counts as healthy as soon as it runs"
                .formatted(edge.on()),
            "give '%s' a readiness check, or wait for 'started'".formatted(edge.on()));
      }
    }
  }

  static void notEnabled(Subject.Service service, Subject subject) {
    for (Dependency edge : service.spec().relations().dependsOn()) {
      Subject.Service other = subject.service(edge.on());
      boolean pulls =
          service.spec().start().enabled()
              && !edge.optional()
              && other != null
              && !other.spec().start().enabled();
      if (pulls) {
        service.warn(
            "dependency-not-enabled",
            "depends_on",
            "'%s' is not enabled, but is started with '%s' at boot"
                .formatted(edge.on(), service.name()),
            "enable '%s', or make the dependency optional".formatted(edge.on()));
      }
    }
  }

  static void redundantOrder(Subject.Service service, Subject subject) {
    if (!service.values().has("after")) {
      return;
    }
    Set<String> required = new HashSet<>();
    service.spec().relations().dependsOn().forEach(edge -> required.add(edge.on().value()));
    service.values().texts("after").stream()
        .filter(required::contains)
        .findFirst()
        .ifPresent(name ->
            service.warn(
                "redundant-order",
                "after",
                "depends_on already orders it after '%s'".formatted(name),
                "remove it from after"));
  }

  static void completedOfService(Subject.Service service, Subject subject) {
    for (Dependency edge : service.spec().relations().dependsOn()) {
      Subject.Service other = subject.service(edge.on());
      if (other != null
          && edge.condition() == Condition.COMPLETED
          && other.spec().start().kind() == StartSpec.Kind.SERVICE
          && other.spec().restart().policy() != RestartPolicy.ALWAYS) {
        service.warn(
            "completed-of-service",
            "depends_on",
            "waits until '%s' has ended, but that one is meant to stay up".formatted(edge.on()),
            "make '%s' a oneshot".formatted(edge.on()));
      }
    }
  }
}

package dev.coffey.ctl.command;

import dev.coffey.ctl.output.ServiceText;
import dev.coffey.ctl.output.Times;
import dev.coffey.ctl.output.Words;
import dev.coffey.v1.Cause;
import dev.coffey.v1.Dependency;
import dev.coffey.v1.Desired;
import dev.coffey.v1.ExplainServiceResponse;
import dev.coffey.v1.Service;
import dev.coffey.v1.ServiceState;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Follows a service's unmet requirements to the one that all of it is about.
final class Causes {
  private final Map<String, Service> services;
  private final ExplainServiceResponse.Builder answer = ExplainServiceResponse.newBuilder();
  private final String program;

  private Causes(List<Service> services, String program) {
    this.services =
        services.stream().collect(Collectors.toMap(Service::getName, Function.identity()));
    this.program = program;
  }

  static ExplainServiceResponse of(Service asked, List<Service> all, String program) {
    return new Causes(all, program).explain(asked);
  }

  private ExplainServiceResponse explain(Service asked) {
    answer.setService(asked);
    add(asked, why(asked));
    if (asked.hasNextRun()) {
      String next = Times.local(asked.getNextRun());
      answer.addCauses(Cause.newBuilder().setText("its next run is at " + next));
    }
    Set<String> seen = new HashSet<>(Set.of(asked.getName()));
    Service root = asked;
    Optional<Service> next = blocker(asked);
    while (next.isPresent() && seen.add(next.get().getName())) {
      root = next.get();
      String why = why(root);
      String is = "'%s' is %s".formatted(root.getName(), Words.of(root.getState()));
      add(root, why.isEmpty() ? is : is + ": " + why);
      next = blocker(root);
    }
    advise(root);
    return answer.build();
  }

  private void add(Service service, String text) {
    if (!text.isEmpty()) {
      Cause.Builder cause = Cause.newBuilder().setText(text).setService(service.getName());
      if (service.hasSince()) {
        cause.setSince(service.getSince());
      }
      answer.addCauses(cause);
    }
  }

  private static String why(Service service) {
    return switch (service.getState()) {
      case SERVICE_STATE_STOPPED ->
          service.getReason().isEmpty() && service.getDesired() == Desired.DESIRED_DOWN
              ? "not wanted"
              : service.getReason();
      case SERVICE_STATE_BACKOFF, SERVICE_STATE_FAILED -> ServiceText.reasonOrResult(service);
      default -> service.getReason();
    };
  }

  private Optional<Service> blocker(Service service) {
    if (service.getState() != ServiceState.SERVICE_STATE_WAITING) {
      return Optional.empty();
    }
    return service.getDependsOnList().stream()
        .filter(dependency -> !dependency.getMet() && !dependency.getOptional())
        .map(Dependency::getName)
        .filter(services::containsKey)
        .map(services::get)
        .findFirst();
  }

  private void advise(Service root) {
    String name = root.getName();
    switch (root.getState()) {
      case SERVICE_STATE_BACKOFF, SERVICE_STATE_FAILED -> {
        answer.addAdvice("see what it said: %s logs %s --no-follow".formatted(program, name));
        answer.addAdvice("try it again now: %s start %s".formatted(program, name));
      }
      case SERVICE_STATE_STOPPED ->
          answer.addAdvice("start it: %s start %s".formatted(program, name));
      default -> {}
    }
  }
}

package dev.coffey.supervisor;

import static dev.coffey.supervisor.Violation.require;

import dev.coffey.fleet.Command;
import dev.coffey.fleet.Command.Dependents;
import dev.coffey.fleet.Fleet;
import dev.coffey.lifecycle.Service;
import dev.coffey.spec.Dependency;
import dev.coffey.spec.Dependency.Reaction;
import dev.coffey.spec.ServiceName;
import java.util.List;

/// What a command makes of the wishes, at once.
record CommandRules(Fleet before, Fleet after) {
  void heard(Command command) {
    if (Reference.stopping(before)) {
      unchanged(command.services(), "nothing is done for whoever asks during a shutdown");
      return;
    }
    if (!before.plan().services().keySet().containsAll(command.services())) {
      return;
    }
    for (ServiceName name : command.services()) {
      switch (command) {
        case Command.Start _, Command.Restart _ ->
            require(wish(after, name), "who is started is wanted", command, name);
        case Command.Stop(_, Dependents dependents) -> stopped(name, dependents);
        default -> {}
      }
    }
  }

  private void stopped(ServiceName name, Dependents dependents) {
    List<ServiceName> holders =
        before.services().stream().filter(other -> holds(other, name)).map(Service::name).toList();
    if (dependents == Dependents.REFUSE && !holders.isEmpty()) {
      unchanged(List.of(name), "what others need is not stopped unasked");
      return;
    }
    require(!wish(after, name), "who is stopped is not wanted", dependents, name);
    if (dependents == Dependents.CASCADE) {
      for (ServiceName holder : holders) {
        require(!wish(after, holder), "a cascade takes dependents along", name, name, holder);
      }
    }
  }

  private static boolean holds(Service other, ServiceName on) {
    return other.state().alive()
        && other.wish().up()
        && other.spec().relations().dependsOn().stream()
            .anyMatch(edge -> edge.on().equals(on) && cares(edge));
  }

  private static boolean cares(Dependency edge) {
    return !edge.optional() && edge.reactions().stop() != Reaction.IGNORE;
  }

  private void unchanged(List<ServiceName> names, String rule) {
    for (ServiceName name : names) {
      require(wish(before, name) == wish(after, name), rule, "", name);
    }
  }

  private static boolean wish(Fleet fleet, ServiceName name) {
    return fleet.service(name).map(service -> service.wish().up()).orElse(false);
  }
}

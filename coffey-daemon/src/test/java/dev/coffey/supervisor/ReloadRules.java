package dev.coffey.supervisor;

import static dev.coffey.supervisor.Violation.require;

import dev.coffey.fleet.Fleet;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceState.BackingOff;
import dev.coffey.lifecycle.ServiceState.Failed;
import dev.coffey.lifecycle.StopReason;
import dev.coffey.spec.Dependency.Reactions;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import org.jspecify.annotations.Nullable;

/// How a plan took the place of another.
record ReloadRules(Fleet before, Fleet after) {
  void hold() {
    for (Service was : before.services()) {
      @Nullable ServiceSpec spec = after.plan().services().get(was.name());
      @Nullable Service is = after.service(was.name()).orElse(null);
      if (is == null) {
        require(!was.state().alive(), "nothing alive is forgotten", was.state(), was.name());
      } else if (spec != null && was.state().process().isPresent()) {
        if (Invariants.begins(was, is, StopReason.RESTART)) {
          Invariants.follow(before, after, is, Reactions::restart);
        }
        boolean sameProcess = was.spec().exec().equals(spec.exec());
        if (sameProcess && before.plan().services().containsKey(was.name())) {
          untouched(was, is);
        } else if (!sameProcess) {
          require(
              Reference.mustEnd(after, is) || Reference.ending(is) || !Reference.lives(is),
              "what the process sees of its configuration restarts it",
              is.state(),
              is.name());
        }
      } else if (spec != null && isTriedWith(spec, was) && is.wish().up()) {
        require(!failed(is), "who failed is tried with what is new", is.state(), is.name());
      } else if (spec != null && hasGivenUp(was) && !was.spec().runsOtherThan(spec)) {
        require(
            is.state() instanceof Failed || !was.wish().equals(is.wish()),
            "who has failed with the same words is not tried with them again",
            is.state(),
            is.name());
      }
    }
  }

  /// Whether a plan with this spec gives a service that has failed another chance.
  static boolean isTriedWith(ServiceSpec spec, Service was) {
    return failed(was) && !was.paused() && was.spec().runsOtherThan(spec);
  }

  private static boolean hasGivenUp(Service service) {
    return service.state() instanceof Failed && service.spec().schedule() == null;
  }

  private static boolean failed(Service service) {
    return service.state() instanceof BackingOff || service.state() instanceof Failed;
  }

  /// Other probes, or none, may make somebody ready; who restarts with him does.
  private boolean followsOneThatIsBack(Service service) {
    return service.spec().relations().dependsOn().stream()
        .anyMatch(edge -> !runs(before, edge.on()) && runs(after, edge.on()));
  }

  private static boolean runs(Fleet fleet, ServiceName name) {
    return fleet.service(name).filter(Reference::ready).isPresent();
  }

  private void untouched(Service was, Service is) {
    boolean begins = is.wish().endRun() != null && was.wish().endRun() == null;
    require(
        !begins
            || is.wish().endRun() == StopReason.DEPENDENCY
            || before.rollingOut()
            || followsOneThatIsBack(is),
        "what a reload does not touch goes on",
        is.wish(),
        is.name());
    require(
        was.state().currentRun().equals(is.state().currentRun()),
        "what a reload does not touch keeps its run",
        is.state(),
        is.name());
  }
}

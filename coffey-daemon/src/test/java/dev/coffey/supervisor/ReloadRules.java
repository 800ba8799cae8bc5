package dev.coffey.supervisor;

import static dev.coffey.supervisor.Violation.require;

import dev.coffey.fleet.Fleet;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.StopReason;
import dev.coffey.spec.Dependency.Reactions;
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
          Invariants.follow(after, is, Reactions::restart);
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
      }
    }
  }

  private void untouched(Service was, Service is) {
    boolean begins = is.wish().endRun() != null && was.wish().endRun() == null;
    require(
        !begins || is.wish().endRun() == StopReason.DEPENDENCY || before.rollingOut(),
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

package dev.coffey.fleet;

import static dev.coffey.fleet.Specs.restarting;
import static dev.coffey.fleet.Specs.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.ServiceEvent;
import dev.coffey.spec.RestartPolicy;
import org.junit.jupiter.api.Test;

class RestartingTest {
  @Test
  void whoIsAskedForWhileACrashIsClearedUpRunsAgainWhateverPolicySays() {
    World world = World.of(restarting(service("web"), RestartPolicy.NO));
    world.launched("web");
    RunId run = world.run("web");
    world.tell("web", new ServiceEvent.Ended(run, new ExitStatus.Exited(1)));
    world.launches();

    world.restart("web");
    world.tell("web", new ServiceEvent.Emptied(run));

    assertThat(world.launches()).containsExactly("web");
  }
}

package dev.coffey.fleet;

import static dev.coffey.fleet.Specs.dependent;
import static dev.coffey.fleet.Specs.fatal;
import static dev.coffey.fleet.Specs.needs;
import static dev.coffey.fleet.Specs.probed;
import static dev.coffey.fleet.Specs.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.ProbeKind;
import dev.coffey.spec.Dependency.Condition;
import dev.coffey.spec.Dependency.Reaction;
import dev.coffey.spec.Dependency.Reactions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PauseTest {
  private static void pause(World world, @Nullable Duration ttl, String... names) {
    world.command(new Command.Pause(World.names(names), ttl, "under the debugger"));
  }

  private static void resume(World world, String... names) {
    world.command(new Command.Resume(World.names(names)));
  }

  private static World up(World world, String... names) {
    world.launched(names);
    world.orders.clear();
    return world;
  }

  @Test
  void pauseTouchesNoProcess() {
    World world = up(World.of(service("web")), "web");

    pause(world, null, "web");

    assertThat(world.orders).isEmpty();
    assertThat(world.shown("web")).isEqualTo(ShownState.RUNNING);
    assertThat(world.view("web").reason()).isEqualTo("paused: under the debugger");
  }

  @Test
  void whatEndsWhilePausedIsNotStartedUntilResumed() {
    World world = up(World.of(service("web")), "web");
    pause(world, null, "web");

    world.exits("web", 1);
    world.passes(Duration.ofHours(5));
    assertThat(world.launches()).isEmpty();
    assertThat(world.shown("web")).isEqualTo(ShownState.BACKOFF);

    resume(world, "web");
    world.passes(Duration.ZERO);
    assertThat(world.launches()).containsExactly("web");
  }

  @Test
  void pauseEndsByItselfWhenItsTimeIsOver() {
    World world = up(World.of(service("web")), "web");
    pause(world, Duration.ofMinutes(10), "web");
    world.exits("web", 1);

    world.passes(Duration.ofMinutes(9));
    assertThat(world.launches()).isEmpty();

    world.passes(Duration.ofMinutes(1));
    assertThat(world.launches()).containsExactly("web");
    assertThat(world.service("web").paused()).isFalse();
  }

  @Test
  void livenessActsOnlyAfterThePauseAndOnlyIfItIsStillBad() {
    World world =
        up(
            World.of(probed(service("a"), false, true), probed(service("b"), false, true)),
            "a",
            "b");
    pause(world, null, "a", "b");
    for (int i = 0; i < 3; i++) {
      world.probed("a", ProbeKind.LIVENESS, false);
      world.probed("b", ProbeKind.LIVENESS, false);
    }
    assertThat(world.stops()).isEmpty();
    world.probed("b", ProbeKind.LIVENESS, true);

    resume(world, "a", "b");

    assertThat(world.stops()).containsExactly("a");
  }

  @Test
  void startTimeoutStandsStillWhilePausedAndBeginsAnewAfter() {
    World world = up(World.of(probed(service("web"), true, false)), "web");
    pause(world, null, "web");

    world.passes(Duration.ofHours(1));
    assertThat(world.stops()).isEmpty();

    resume(world, "web");
    world.passes(Duration.ofSeconds(29));
    assertThat(world.stops()).isEmpty();
    world.passes(Duration.ofSeconds(1));
    assertThat(world.stops()).containsExactly("web");
  }

  @Test
  void dependencyThatLeavesDoesNotMoveAPausedDependent() {
    Reactions stop = new Reactions(Reaction.STOP, Reaction.STOP, Reaction.STOP, Reaction.STOP);
    World world =
        up(World.of(service("db"), dependent("web", needs("db", Condition.STARTED, stop))), "db");
    world.launched("web");
    world.orders.clear();
    pause(world, null, "web");

    world.exits("db", 1);

    assertThat(world.stops()).doesNotContain("web");
    assertThat(world.shown("web")).isEqualTo(ShownState.RUNNING);
  }

  @Test
  void commandByHandEndsThePause() {
    World world = up(World.of(service("a"), service("b"), service("c")), "a", "b", "c");
    pause(world, null, "a", "b", "c");

    world.restart("a");
    world.stop("b");
    world.start("c");

    assertThat(world.stops()).containsExactly("a", "b");
    assertThat(world.service("a").paused()).isFalse();
    assertThat(world.service("b").paused()).isFalse();
    assertThat(world.service("c").paused()).isFalse();
  }

  @Test
  void shutdownDoesNotWaitForAPause() {
    World world = up(World.of(service("web")), "web");
    pause(world, null, "web");

    world.hear(new FleetEvent.ShutdownWanted());
    assertThat(world.stops()).containsExactly("web");
    world.exits("web", 0);

    assertThat(world.fleet.over()).isTrue();
  }

  @Test
  void failureThatWouldEndTheDaemonWaitsForTheEndOfThePause() {
    World world = up(World.of(fatal(service("web"))), "web");
    pause(world, null, "web");
    world.exits("web", 1);
    assertThat(world.fleet.phase()).isEqualTo(Phase.RUNNING);

    resume(world, "web");

    assertThat(world.fleet.over()).isTrue();
    assertThat(world.fleet.failed()).isTrue();
  }

  @Test
  void reloadRestartsAPausedServiceOnlyAfterThePause() {
    World world = up(World.of(service("web")), "web");
    pause(world, null, "web");

    world.replan(Specs.running(service("web"), "/bin/other"));
    assertThat(world.stops()).isEmpty();

    resume(world, "web");
    assertThat(world.stops()).containsExactly("web");
  }
}

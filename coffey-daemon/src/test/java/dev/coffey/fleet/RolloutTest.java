package dev.coffey.fleet;

import static dev.coffey.fleet.Specs.probed;
import static dev.coffey.fleet.Specs.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.ProbeKind;
import dev.coffey.spec.ServiceSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Restarts that go from service to service.
class RolloutTest {
  private static final List<String> ALL = List.of("web@1", "web@2", "web@3", "web@4");

  private static World up() {
    World world =
        World.of(
            ALL.stream()
                .map(name -> probed(service(name), true, true))
                .toArray(ServiceSpec[]::new));
    for (String name : ALL) {
      ready(world, name);
    }
    world.orders.clear();
    return world;
  }

  private static void ready(World world, String name) {
    world.launched(name);
    world.probed(name, ProbeKind.READINESS, true);
  }

  private static void rollOut(World world, int atOnce) {
    world.command(
        new Command.Restart(World.names(ALL.toArray(String[]::new)), true, false, atOnce));
  }

  @Test
  void nextOneIsRestartedWhenTheLastOneIsReadyAgain() {
    World world = up();

    rollOut(world, 1);
    for (String name : ALL) {
      assertThat(world.stops()).containsExactly(name);
      world.exits(name, 0);
      world.launched(name);
      assertThat(world.stops()).as("launched is not ready").isEmpty();
      world.probed(name, ProbeKind.READINESS, true);
    }

    assertThat(world.stops()).isEmpty();
    assertThat(world.fleet.course().rollouts()).isEmpty();
  }

  @Test
  void asManyAreAwayAsMayBe() {
    World world = up();

    rollOut(world, 2);
    assertThat(world.stops()).containsExactly("web@1", "web@2");
    world.exits("web@2", 0);
    ready(world, "web@2");

    assertThat(world.stops()).containsExactly("web@3");
  }

  @Test
  void firstThatDoesNotComeBackEndsIt() {
    World world = up();
    rollOut(world, 1);
    world.exits("web@1", 0);
    world.stops();

    world.launched("web@1");
    world.exits("web@1", 1);

    assertThat(world.fleet.course().rollouts()).isEmpty();
    assertThat(world.stops()).doesNotContain("web@2", "web@3", "web@4");
  }

  @Test
  void oneThatSomebodyStopsMeanwhileIsPassedOver() {
    World world = up();
    rollOut(world, 1);
    world.stop("web@2");
    world.exits("web@2", 0);
    world.orders.clear();

    world.exits("web@1", 0);
    ready(world, "web@1");

    assertThat(world.stops()).containsExactly("web@3");
    assertThat(world.shown("web@2")).isEqualTo(ShownState.STOPPED);
  }

  @Test
  void shutdownEndsIt() {
    World world = up();
    rollOut(world, 1);

    world.hear(new FleetEvent.ShutdownWanted());
    for (String name : ALL) {
      world.exits(name, 0);
    }

    assertThat(world.fleet.over()).isTrue();
  }

  @Test
  void tooManyAtATimeAreRefused() {
    World world = up();
    for (int i = 0; i < Rollout.ROLLOUTS_MAX; i++) {
      rollOut(world, 1);
    }

    Reply reply = world.command(new Command.Restart(World.names("web@1"), true, false, 1));

    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reply.Refusal.TOO_MANY));
  }

  @Test
  void cascadeTakesAllRunningDependentsAlong() {
    World world = World.of(service("db"), service("api", "db"), service("web", "api"));
    world.launched("db");
    world.launched("api");
    world.launched("web");
    world.orders.clear();

    world.command(new Command.Restart(World.names("db"), true, true, 0));

    assertThat(world.stops()).containsExactly("web");
    world.exits("web", 0);
    assertThat(world.stops()).containsExactly("api");
    world.exits("api", 0);
    assertThat(world.stops()).containsExactly("db");
    world.exits("db", 0);
    world.launched("db");
    world.launched("api");
    world.launched("web");
    assertThat(world.shown("web")).isEqualTo(ShownState.RUNNING);
  }

  @Test
  void restartStartsWhatIsRequiredUnlessToldOtherwise() {
    World world = World.of(service("db"), service("web", "db"));
    world.launched("db");
    world.launched("web");
    world.command(new Command.Stop(World.names("db", "web"), Command.Dependents.CASCADE));
    world.exits("web", 0);
    world.exits("db", 0);
    world.launches();

    world.command(new Command.Restart(World.names("web"), false, false, 0));
    assertThat(world.launches()).isEmpty();

    world.restart("web");
    assertThat(world.launches()).containsExactly("db");
  }

  /// The old run's own bad end is no word of the new one.
  @Test
  void oneWhoseOldRunEndsBadlyOfItselfIsWaitedFor() {
    World world = up();
    for (int bad = 0; bad < 3; bad++) {
      world.probed("web@1", ProbeKind.LIVENESS, false);
    }
    assertThat(world.stops()).containsExactly("web@1");

    rollOut(world, 1);
    world.exits("web@1", 143);
    assertThat(world.shown("web@1")).isEqualTo(ShownState.BACKOFF);
    world.passes(Duration.ofSeconds(5));
    ready(world, "web@1");

    assertThat(world.stops()).containsExactly("web@2");
  }

  /// It was on its way back already, and is so with what is new.
  @Test
  void oneThatComesBackBeforeItsTurnIsNotRestartedOnceMore() {
    World world = up();
    world.restart("web@2");
    rollOut(world, 1);
    world.exits("web@2", 143);
    ready(world, "web@2");
    world.orders.clear();

    world.exits("web@1", 0);
    ready(world, "web@1");

    assertThat(world.stops()).as("web@2 is new").containsExactly("web@3");
  }
}

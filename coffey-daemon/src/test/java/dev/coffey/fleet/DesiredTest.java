package dev.coffey.fleet;

import static dev.coffey.fleet.Specs.disabled;
import static dev.coffey.fleet.Specs.oneshot;
import static dev.coffey.fleet.Specs.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.spec.ServiceName;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is wanted outlives the daemon.
class DesiredTest {
  @Test
  void whatWasStoppedByHandStaysStopped() {
    World world = World.of(service("db"), service("web"));
    world.launched("db", "web");
    world.stop("web");

    World next = world.successor(service("db"), service("web"));

    assertThat(next.launches()).containsExactly("db");
    assertThat(next.shown("web")).isEqualTo(ShownState.STOPPED);
    assertThat(next.fleet.wishes()).containsExactly(Map.entry(name("web"), false));
  }

  @Test
  void whatWasStartedByHandIsStartedAgain() {
    World world = World.of(disabled(service("debug")));
    world.start("debug");

    World next = world.successor(disabled(service("debug")));

    assertThat(next.launches()).containsExactly("debug");
  }

  @Test
  void startTakesTheWishBack() {
    World world = World.of(service("web"));
    world.stop("web");

    World next = world.successor(service("web"));
    next.start("web");

    assertThat(next.fleet.wishes()).isEmpty();
    assertThat(next.launches()).containsExactly("web");
  }

  @Test
  void shutdownIsNoWishOfAnyServices() {
    World world = World.of(service("web"));
    world.launched("web");

    world.hear(new FleetEvent.ShutdownWanted());

    assertThat(world.fleet.wishes()).isEmpty();
  }

  /// What was asked for once is not asked for by each daemon that is to come.
  @Test
  void oneshotStartedByHandDoesNotRunAgain() {
    World world = World.of(disabled(oneshot("migrate")));
    world.start("migrate");

    World next = world.successor(disabled(oneshot("migrate")));

    assertThat(next.launches()).isEmpty();
  }

  @Test
  void oneshotStoppedByHandStaysStopped() {
    World world = World.of(oneshot("migrate"));
    world.stop("migrate");

    World next = world.successor(oneshot("migrate"));

    assertThat(next.launches()).isEmpty();
  }

  @Test
  void whoHasLeftThePlanIsForgotten() {
    World world = World.of(service("db"), service("web"));
    world.stop("web");

    world.replan(service("db"));

    assertThat(world.fleet.wishes()).isEmpty();
  }

  @Test
  void wishThatThePlanHasComeToShareNeedNotBeKept() {
    World world = World.of(service("web"));
    world.stop("web");

    world.replan(disabled(service("web")));

    assertThat(world.fleet.wishes()).isEmpty();
  }

  private static ServiceName name(String name) {
    return new ServiceName(name);
  }
}

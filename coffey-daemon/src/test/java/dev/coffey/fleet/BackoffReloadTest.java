package dev.coffey.fleet;

import static dev.coffey.fleet.Specs.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.ServiceState.BackingOff;
import dev.coffey.spec.Backoff;
import dev.coffey.spec.RestartSpec;
import dev.coffey.spec.ServiceSpec;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Another back-off applies live: to the wait that is under way, too.
class BackoffReloadTest {
  @Test
  void whoWaitsForLongIsTriedSoonerByAShorterBackoff() {
    World world = failed(backoff(Duration.ofMinutes(10), Duration.ofSeconds(10)));
    world.passes(Duration.ofSeconds(3));

    world.replan(backoff(Duration.ofSeconds(5), Duration.ofSeconds(10)));

    assertThat(retryAt(world)).isEqualTo(Instant.EPOCH.plusSeconds(5));
    assertThat(world.service("web").restarts().attempt()).isEqualTo(1);
    world.passes(Duration.ofSeconds(1));
    assertThat(world.launches()).isEmpty();
    world.passes(Duration.ofSeconds(1));
    assertThat(world.launches()).containsExactly("web");
  }

  @Test
  void whoHasWaitedForLongerThanTheNewBackoffIsTriedAtOnce() {
    World world = failed(backoff(Duration.ofMinutes(10), Duration.ofSeconds(10)));
    world.passes(Duration.ofMinutes(1));

    world.replan(backoff(Duration.ofSeconds(5), Duration.ofSeconds(10)));
    world.passes(Duration.ZERO);

    assertThat(world.launches()).containsExactly("web");
  }

  @Test
  void whoWaitsForShortWaitsLongerByALongerBackoff() {
    World world = failed(backoff(Duration.ofSeconds(1), Duration.ofSeconds(10)));

    world.replan(backoff(Duration.ofMinutes(1), Duration.ofSeconds(10)));
    world.passes(Duration.ofSeconds(59));

    assertThat(world.launches()).isEmpty();
    world.passes(Duration.ofSeconds(1));
    assertThat(world.launches()).containsExactly("web");
  }

  @Test
  void theMomentThatWasPromisedStaysWhereTheDelayIsTheSame() {
    World world = failed(backoff(Duration.ofSeconds(7), Duration.ofSeconds(10)));
    Instant promised = retryAt(world);
    world.passes(Duration.ofSeconds(1));

    world.replan(backoff(Duration.ofSeconds(7), Duration.ofHours(1)));

    assertThat(retryAt(world)).isEqualTo(promised);
  }

  @Test
  void whatTheMachineLackedIsNoMatterOfBackoff() {
    World world = World.of(backoff(Duration.ofSeconds(10), Duration.ofSeconds(10)));
    world.launchFails("web", true);
    Instant promised = retryAt(world);
    world.orders.clear();

    world.replan(backoff(Duration.ofMinutes(10), Duration.ofSeconds(10)));

    assertThat(retryAt(world)).isEqualTo(promised);
  }

  private static World failed(ServiceSpec spec) {
    World world = World.of(spec);
    world.launched("web");
    world.exits("web", 1);
    world.orders.clear();
    return world;
  }

  private static Instant retryAt(World world) {
    return ((BackingOff) world.service("web").state()).retryAt();
  }

  private static ServiceSpec backoff(Duration initial, Duration resetAfter) {
    ServiceSpec web = service("web");
    RestartSpec restart = web.restart();
    Backoff backoff = new Backoff(initial, Duration.ofHours(1), 2.0, 0, resetAfter, 0);
    return web.with(
        new RestartSpec(
            restart.policy(),
            restart.successCodes(),
            restart.permanentFailureCodes(),
            backoff,
            restart.giveUp(),
            restart.onFailure()));
  }
}

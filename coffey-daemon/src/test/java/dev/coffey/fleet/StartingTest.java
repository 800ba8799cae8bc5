package dev.coffey.fleet;

import static dev.coffey.fleet.Specs.after;
import static dev.coffey.fleet.Specs.dependent;
import static dev.coffey.fleet.Specs.disabled;
import static dev.coffey.fleet.Specs.needs;
import static dev.coffey.fleet.Specs.oneshot;
import static dev.coffey.fleet.Specs.probed;
import static dev.coffey.fleet.Specs.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.ProbeKind;
import dev.coffey.lifecycle.Result;
import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.ServiceEvent;
import dev.coffey.spec.Dependency.Condition;
import dev.coffey.spec.Dependency.Reactions;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StartingTest {
  @Test
  void aServiceStartsAsSoonAsItsOwnRequirementsHold() {
    World world =
        World.of(
            probed(service("slow"), true, false),
            service("quick"),
            service("after-quick", "quick"),
            dependent("after-slow", needs("slow", Condition.HEALTHY, Reactions.DEFAULT)));

    assertThat(world.launches()).containsExactly("quick", "slow");
    world.launched("quick");
    assertThat(world.launches()).containsExactly("after-quick");

    world.launched("slow");
    assertThat(world.shown("slow")).isEqualTo(ShownState.STARTING);
    assertThat(world.launches()).isEmpty();
    world.passes(Duration.ofMillis(1));
    world.probed("slow", ProbeKind.READINESS, true);
    assertThat(world.launches()).containsExactly("after-slow");
  }

  @Test
  void whoWaitsSaysForWhat() {
    World world = World.of(service("db"), service("web", "db"));

    assertThat(world.shown("web")).isEqualTo(ShownState.WAITING);
    assertThat(world.view("web").reason())
        .isEqualTo("waits for 'db' to be started (it is starting)");
  }

  @Test
  void aDependencyThatFailedKeepsItsDependentsWaitingUntilItRecovers() {
    World world =
        World.of(
            Specs.restarting(service("db"), dev.coffey.spec.RestartPolicy.NO),
            service("web", "db"));
    world.launchFails("db", false);

    assertThat(world.shown("db")).isEqualTo(ShownState.FAILED);
    assertThat(world.view("web").reason()).contains("waits for 'db' to be started (it is failed)");
    world.launches();

    world.start("db");
    world.launched("db");
    assertThat(world.launches()).containsExactly("db", "web");
  }

  @Test
  void anEdgeOfOrderWaitsOnlyForWhatIsOnItsWay() {
    World world = World.of(probed(service("db"), true, false), after(service("web"), "db"));

    assertThat(world.launches()).containsExactly("db");
    world.launchFails("db", false);

    assertThat(world.shown("db")).isEqualTo(ShownState.BACKOFF);
    assertThat(world.launches()).containsExactly("web");
  }

  /// T20: a circle of mere order is no cycle, and nobody waits for himself.
  @Test
  void aCircleOfOrderStartsAllTheSame() {
    World world = World.of(after(service("a"), "b"), after(service("b"), "a"));

    world.launched(world.launches().getFirst());

    assertThat(world.fleet.services()).allMatch(it -> it.state().alive());
  }

  @Test
  void aOneshotIsCompletedBeforeItsDependentsStart() {
    World world =
        World.of(
            oneshot("migrate"),
            dependent("web", needs("migrate", Condition.COMPLETED, Reactions.DEFAULT)));
    world.launches();
    world.launched("migrate");

    assertThat(world.launches()).isEmpty();
    world.exits("migrate", 0);

    assertThat(world.shown("migrate")).isEqualTo(ShownState.COMPLETED);
    assertThat(world.launches()).containsExactly("web");
  }

  @Test
  void onlyAsManyAreOnTheWayAsThereAreSlotsAndInTheOrderTheyCame() {
    World world = World.of(2, service("a"), service("b"), service("c"), service("d"));

    assertThat(world.launches()).containsExactly("a", "b");
    world.launched("b");
    assertThat(world.launches()).containsExactly("c");
    world.launched("a", "c");
    assertThat(world.launches()).containsExactly("d");
  }

  @Test
  void whatIsDisabledStartsOnlyWhenAskedForAndPullsInWhatItRequires() {
    World world = World.of(disabled(service("db")), disabled(service("web", "db")));
    assertThat(world.launches()).isEmpty();

    world.start("web");
    world.launched("db");

    assertThat(world.launches()).containsExactly("db", "web");
  }

  /// T71, T80: a readiness time-out is a failed start.
  @Test
  void notReadyInTimeIsAFailedStart() {
    World world = World.of(probed(service("web"), true, false));
    world.launched("web");

    world.passes(Duration.ofSeconds(31));
    assertThat(world.shown("web")).isEqualTo(ShownState.STOPPING);
    world.exits("web", 0);

    assertThat(world.shown("web")).isEqualTo(ShownState.BACKOFF);
    assertThat(last(world, "web").kind()).isEqualTo(Result.Kind.TIMEOUT);
    assertThat(world.service("web").restarts().attempt()).isEqualTo(1);
  }

  @Test
  void anExitBeforeReadyIsAFailedStartAtOnce() {
    World world = World.of(probed(service("web"), true, false));
    world.launched("web");

    world.exits("web", 1);

    assertThat(world.shown("web")).isEqualTo(ShownState.BACKOFF);
  }

  /// T58: what the machine lacks is not the service's fault.
  @Test
  void aLackOfResourcesIsTriedAgainAndNotCounted() {
    World world = World.of(service("web"));

    world.launchFails("web", true);

    assertThat(world.shown("web")).isEqualTo(ShownState.BACKOFF);
    assertThat(last(world, "web").kind()).isEqualTo(Result.Kind.RESOURCES);
    assertThat(world.service("web").restarts().attempt()).isZero();
    world.launches();
    world.passes(Duration.ofSeconds(1));
    assertThat(world.launches()).containsExactly("web");
  }

  @Test
  void startingWhatRunsChangesNothing() {
    World world = World.of(service("web"));
    world.launched("web");
    RunId run = world.run("web");
    world.launches();

    Reply reply = world.start("web");

    assertThat(reply).isInstanceOf(Reply.Accepted.class);
    assertThat(world.run("web")).isEqualTo(run);
    assertThat(world.orders).isEmpty();
  }

  /// T05: news of an earlier run is dropped.
  @Test
  void newsOfAnEarlierRunIsDropped() {
    World world = World.of(service("web"));
    world.launched("web");
    RunId first = world.run("web");
    world.exits("web", 1);
    world.passes(Duration.ofSeconds(2));
    world.launched("web");

    world.tell("web", new ServiceEvent.Ended(first, new dev.coffey.lifecycle.ExitStatus.Exited(9)));

    assertThat(world.shown("web")).isEqualTo(ShownState.RUNNING);
  }

  @Test
  void theStartIsNotOverWhileSomebodyWaitsForAnotherToBeDone() {
    World world =
        World.of(
            oneshot("migrate"),
            dependent("web", needs("migrate", Condition.COMPLETED, Reactions.DEFAULT)));
    world.launched("migrate");
    assertThat(world.fleet.phase()).isEqualTo(Phase.STARTING);

    world.exits("migrate", 0);
    world.launched("web");

    assertThat(world.fleet.phase()).isEqualTo(Phase.RUNNING);
  }

  private static Result last(World world, String name) {
    return Objects.requireNonNull(world.service(name).last());
  }
}

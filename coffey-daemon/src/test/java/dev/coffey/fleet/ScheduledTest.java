package dev.coffey.fleet;

import static dev.coffey.fleet.Specs.oneshot;
import static dev.coffey.fleet.Specs.restarting;
import static dev.coffey.fleet.Specs.running;
import static dev.coffey.fleet.Specs.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.ServiceEvent;
import dev.coffey.spec.RestartPolicy;
import dev.coffey.spec.ScheduleSpec;
import dev.coffey.spec.ScheduleSpec.CatchUp;
import dev.coffey.spec.ScheduleSpec.Overlap;
import dev.coffey.spec.ScheduleSpec.Timing;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// T41: a time that comes while the last run is under way, by each rule of overlap.
class ScheduledTest {
  private static final Instant TOMORROW = Instant.parse("2030-01-01T03:00:00Z");

  private static ServiceSpec scheduled(Overlap overlap) {
    Timing timing = new Timing.Every(Duration.ofHours(1));
    return oneshot("job").with(new ScheduleSpec(timing, overlap, CatchUp.ONE, Duration.ZERO));
  }

  private static void due(World world) {
    world.hear(new FleetEvent.Scheduled(new ServiceName("job"), true, TOMORROW));
  }

  @Test
  void itWaitsForItsTimeAndNobodyWaitsForIt() {
    World world = World.of(scheduled(Overlap.SKIP));
    world.hear(new FleetEvent.Scheduled(new ServiceName("job"), false, TOMORROW));

    assertThat(world.launches()).isEmpty();
    assertThat(world.shown("job")).isEqualTo(ShownState.WAITING);
    assertThat(world.view("job").reason()).isEqualTo("waits for its schedule, every 1h");
    assertThat(world.service("job").agenda().next()).isEqualTo(TOMORROW);
    assertThat(world.fleet.phase()).isEqualTo(Phase.RUNNING);
  }

  @Test
  void eachTimeIsOneRun() {
    World world = World.of(scheduled(Overlap.SKIP));
    for (int i = 0; i < 3; i++) {
      due(world);
      assertThat(world.launches()).containsExactly("job");
      world.launched("job");
      world.exits("job", 0);
      assertThat(world.shown("job")).isEqualTo(ShownState.COMPLETED);
      world.passes(Duration.ofHours(1));
    }
  }

  /// It has not done its work; it does not wait for its next time to do it.
  @Test
  void runThatIsCutShortIsMadeUpFor() {
    World world = World.of(scheduled(Overlap.SKIP));
    due(world);
    world.launched("job");
    world.launches();

    world.replan(running(scheduled(Overlap.SKIP), "/bin/new"));
    world.exits("job", 0);

    assertThat(world.launches()).containsExactly("job");
  }

  @Test
  void overlapThatSkipsRunsNothingMore() {
    World world = World.of(scheduled(Overlap.SKIP));
    due(world);
    world.launched("job");
    world.launches();

    due(world);
    world.exits("job", 0);

    assertThat(world.launches()).isEmpty();
  }

  @Test
  void overlapThatQueuesRunsOnceMoreHoweverOftenItCame() {
    World world = World.of(scheduled(Overlap.QUEUE));
    due(world);
    world.launched("job");
    world.launches();

    due(world);
    due(world);
    world.exits("job", 0);
    assertThat(world.launches()).containsExactly("job");
    world.launched("job");
    world.exits("job", 0);

    assertThat(world.launches()).isEmpty();
  }

  @Test
  void overlapThatReplacesEndsTheRunFirst() {
    World world = World.of(scheduled(Overlap.REPLACE));
    due(world);
    world.launched("job");
    world.launches();

    due(world);
    assertThat(world.stops()).containsExactly("job");
    assertThat(world.launches()).isEmpty();
    world.exits("job", 143);

    assertThat(world.launches()).containsExactly("job");
  }

  @Test
  void failedRunIsTriedAgainAsItsPolicySays() {
    World world = World.of(scheduled(Overlap.SKIP));
    due(world);
    world.launched("job");
    world.launches();

    world.exits("job", 1);
    world.passes(Duration.ofSeconds(5));

    assertThat(world.launches()).containsExactly("job");
  }

  @Test
  void stoppedScheduleStaysStoppedUntilItIsStarted() {
    World world = World.of(scheduled(Overlap.SKIP));
    world.stop("job");

    due(world);
    assertThat(world.launches()).isEmpty();

    world.start("job");
    assertThat(world.launches()).as("a start by hand runs it now").containsExactly("job");
  }

  @Test
  void startByHandOfOneThatRunsAsksForNoSecondRun() {
    World world = World.of(scheduled(Overlap.QUEUE));
    due(world);
    world.launched("job");
    world.launches();

    world.start("job");
    world.exits("job", 0);

    assertThat(world.launches()).isEmpty();
  }

  @Test
  void restartByHandRunsItAgainNow() {
    World world = World.of(scheduled(Overlap.SKIP));
    due(world);
    world.launched("job");
    world.launches();

    world.restart("job");
    world.exits("job", 143);

    assertThat(world.launches()).containsExactly("job");
  }

  @Test
  void timesOfOthersAreNoneOfItsBusiness() {
    World world = World.of(service("job"));
    world.launched("job");
    world.launches();

    due(world);

    assertThat(world.orders).isEmpty();
    assertThat(world.shown("job")).isEqualTo(ShownState.RUNNING);
  }

  @Test
  void runThatIsCutShortBeforeThereIsAProcessIsMadeUpFor() {
    World world = World.of(scheduled(Overlap.SKIP));
    due(world);
    world.launches();

    world.replan(running(scheduled(Overlap.SKIP), "/bin/new"));
    world.launchFails("job", false);

    assertThat(world.launches()).containsExactly("job");
  }

  @Test
  void timeThatComesWhenTheRunIsOnItsWayOutFollowsIt() {
    World world = World.of(scheduled(Overlap.REPLACE));
    due(world);
    world.launched("job");
    world.launches();
    RunId run = world.run("job");
    world.tell("job", new ServiceEvent.Ended(run, new ExitStatus.Exited(0)));

    due(world);
    assertThat(world.service("job").wish().endRun()).as("it has ended of itself").isNull();
    world.tell("job", new ServiceEvent.Emptied(run));

    assertThat(world.launches()).containsExactly("job");
  }

  /// Who has given up waits for his time; who was to be tried again is tried with what is new.
  @ParameterizedTest
  @CsvSource({"ON_FAILURE, true", "NO, false"})
  void reloadTriesWhoIsInBackOff(RestartPolicy policy, boolean again) {
    ServiceSpec spec = restarting(scheduled(Overlap.SKIP), policy);
    World world = World.of(spec);
    due(world);
    world.launched("job");
    world.exits("job", 1);
    world.launches();

    world.replan(running(spec, "/bin/new"));

    assertThat(world.launches()).hasSize(again ? 1 : 0);
  }

  @Test
  void scheduleThatAReloadTakesAwayOrGivesIsFollowedAtOnce() {
    World world = World.of(scheduled(Overlap.SKIP));
    assertThat(world.launches()).isEmpty();

    world.replan(oneshot("job"));
    assertThat(world.launches()).as("without a schedule it runs").containsExactly("job");
    world.launched("job");
    world.replan(scheduled(Overlap.SKIP));
    world.exits("job", 0);

    assertThat(world.launches()).as("with one it waits for its time").isEmpty();
  }

  @Test
  void nextTimeGoesWithTheScheduleThatAReloadTakesAway() {
    World world = World.of(scheduled(Overlap.SKIP));
    world.hear(new FleetEvent.Scheduled(new ServiceName("job"), false, TOMORROW));

    world.replan(oneshot("job"));

    assertThat(world.service("job").agenda().next()).isNull();
  }
}

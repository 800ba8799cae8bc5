package dev.coffey.fleet;

import static dev.coffey.fleet.Specs.dependent;
import static dev.coffey.fleet.Specs.needs;
import static dev.coffey.fleet.Specs.oneshot;
import static dev.coffey.fleet.Specs.probed;
import static dev.coffey.fleet.Specs.restarting;
import static dev.coffey.fleet.Specs.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.Health;
import dev.coffey.lifecycle.ProbeKind;
import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.ServiceEvent;
import dev.coffey.lifecycle.ServiceState;
import dev.coffey.spec.Command;
import dev.coffey.spec.Dependency;
import dev.coffey.spec.Dependency.Condition;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.RestartPolicy;
import dev.coffey.spec.ServiceSpec;
import dev.coffey.spec.StartSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One run after another of the same service.
class RunsTest {
  /// T06: nothing of an earlier run is true of the next one.
  @Test
  void aNewRunInheritsNothing() {
    World world = World.of(probed(service("web"), true, true));
    world.launched("web");
    world.passes(Duration.ofMillis(1));
    world.probed("web", ProbeKind.READINESS, true);
    world.probed("web", ProbeKind.LIVENESS, false);
    world.restart("web");
    assertThat(world.shown("web")).isEqualTo(ShownState.STOPPING);
    world.exits("web", 1);

    world.launched("web");

    assertThat(world.shown("web")).isEqualTo(ShownState.STARTING);
    assertThat(world.service("web").health()).isEqualTo(Health.UNKNOWN);
    assertThat(world.service("web").wish().endRun()).isNull();
    assertThat(((ServiceState.Starting) world.service("web").state()).probing().tracks())
        .hasEntrySatisfying(
            ProbeKind.READINESS, track -> assertThat(track.goods() + track.bads()).isZero())
        .doesNotContainKey(ProbeKind.LIVENESS);
  }

  /// T07: whoever asks twice gets one.
  @Test
  void askedForTwiceIsLaunchedOnce() {
    World world = World.of(Specs.disabled(service("web")));

    world.start("web");
    world.start("web");
    world.launched("web");
    world.start("web");

    assertThat(world.launches()).containsExactly("web");
  }

  /// T12: between the old services and the new ones there are none, and that is not the end.
  @Test
  void aPlanWithNothingOfTheOldOneDoesNotEndTheDaemon() {
    World world = World.of(service("old"));
    world.launched("old");

    world.replan();
    world.exits("old", 0);
    assertThat(world.fleet.services()).isEmpty();
    assertThat(world.fleet.over()).isFalse();
    world.replan(service("new"));

    assertThat(world.fleet.over()).isFalse();
    assertThat(world.launches()).endsWith("new");
  }

  /// T13: a daemon begins with what the plan says, not with what was under way.
  @Test
  void whatWasUnderWayIsNotDoneAgainByTheNextDaemon() {
    ServiceSpec[] plan = {service("web"), Specs.disabled(service("cron"))};
    World first = World.of(plan);
    first.launched("web");
    first.start("cron");
    first.stop("web");

    World second = World.of(plan);

    assertThat(second.launches()).containsExactly("web");
  }

  /// T14: a stop that hangs holds up nobody else.
  @Test
  void aStopThatHangsHoldsUpNobodyElse() {
    World world = World.of(service("hangs"), service("web"), Specs.disabled(service("cron")));
    world.launched("hangs", "web");
    world.stop("hangs");
    world.launches();

    world.start("cron");
    world.restart("web");
    world.exits("web", 0);
    world.launched("cron", "web");

    assertThat(world.launches()).containsExactly("cron", "web");
    assertThat(world.shown("cron")).isEqualTo(ShownState.RUNNING);
    assertThat(world.shown("web")).isEqualTo(ShownState.RUNNING);
    assertThat(world.shown("hangs")).isEqualTo(ShownState.STOPPING);
  }

  /// T19: whatever it is and wherever it is, a restart leads to one new run.
  @ParameterizedTest
  @CsvSource({
    "service, launching",
    "service, up",
    "service, stopping",
    "service, crashing",
    "service, ended",
    "service, stopped",
    "probed, launching",
    "probed, up",
    "probed, stopping",
    "probed, crashing",
    "probed, ended",
    "oneshot, launching",
    "oneshot, up",
    "oneshot, stopping",
    "oneshot, crashing",
    "oneshot, ended",
    "never, crashing",
    "never, ended"
  })
  void aRestartLeadsToOneNewRun(String type, String place) {
    World world = World.of(ofType(type));
    RunId first = world.run("it");
    bring(world, place);
    world.launches();

    world.restart("it");
    finish(world, first);

    assertThat(world.launches()).as("%s, %s", type, place).containsExactly("it");
    assertThat(world.run("it")).isEqualTo(first.next());
  }

  private static ServiceSpec ofType(String type) {
    return switch (type) {
      case "probed" -> probed(service("it"), true, true);
      case "oneshot" -> oneshot("it");
      case "never" -> restarting(service("it"), RestartPolicy.NO);
      default -> service("it");
    };
  }

  private static void bring(World world, String place) {
    if (!place.equals("launching")) {
      world.launched("it");
    }
    switch (place) {
      case "stopping" -> world.stop("it");
      case "stopped" -> {
        world.stop("it");
        world.exits("it", 0);
      }
      case "crashing" ->
          world.tell("it", new ServiceEvent.Ended(world.run("it"), new ExitStatus.Exited(1)));
      case "ended" -> world.exits("it", 1);
      default -> {}
    }
  }

  private static void finish(World world, RunId first) {
    if (world.service("it").state() instanceof ServiceState.Launching
        && world.run("it").equals(first)) {
      world.launched("it");
    }
    if (world.service("it").state().alive() && world.run("it").equals(first)) {
      if (!(world.service("it").state() instanceof ServiceState.Clearing)) {
        world.tell("it", new ServiceEvent.Ended(first, new ExitStatus.Exited(0)));
      }
      world.tell("it", new ServiceEvent.Emptied(first));
    }
  }

  /// T22: a running service keeps the command it was started with until its run is over.
  @Test
  void aReloadLeavesTheRunningCommandAloneUntilItsRunIsOver() {
    ExecSpec old = ExecSpec.of(new Command("/bin/old", List.of()));
    ExecSpec changed = ExecSpec.of(new Command("/bin/new", List.of()));
    World world = World.of(service("web").with(old));
    world.launched("web");

    world.replan(service("web").with(changed));
    assertThat(world.service("web").spec().exec()).isEqualTo(old);
    world.exits("web", 0);

    assertThat(world.service("web").spec().exec()).isEqualTo(changed);
  }

  /// T39: a day that passes at once, as after a stop of the machine, is survived.
  @Test
  void aDayThatPassesAtOnceIsSurvived() {
    World world =
        World.of(
            probed(service("starting"), true, false),
            service("crashed"),
            service("stopping"),
            service("up"));
    world.launched("starting", "crashed", "stopping", "up");
    world.exits("crashed", 1);
    world.stop("stopping");
    RunId up = world.run("up");
    world.launches();

    world.passes(Duration.ofDays(1));

    assertThat(world.launches()).containsExactly("crashed");
    assertThat(world.shown("starting")).isIn(ShownState.STOPPING, ShownState.STOP_FAILED);
    assertThat(world.run("up")).isEqualTo(up);
  }

  /// T40: time does not end in 2038, nor do runs at 32 bits.
  @Test
  void timeDoesNotEndIn2038() {
    World world = World.of(service("web"));
    world.now = Instant.parse("2138-01-19T03:14:08Z");
    world.launched("web");

    world.exits("web", 1);
    world.passes(Duration.ofSeconds(2));

    assertThat(world.launches()).containsExactly("web", "web");
    assertThat(new RunId(1L << 40).next()).isEqualTo(new RunId((1L << 40) + 1));
  }

  private static World reloading(ServiceSpec spec) {
    ServiceSpec dependent =
        dependent("app", needs("web", Condition.STARTED, Dependency.Reactions.BOUND));
    World world = World.of(spec, dependent);
    world.launched("web", "app");
    world.tell("web", new ServiceEvent.ReloadBegan(world.run("web")));
    assertThat(world.shown("web")).isEqualTo(ShownState.RELOADING);
    world.orders.clear();
    return world;
  }

  /// T16: a reload ends by the service's word, by its end, or in time; it is ready all the while.
  @Test
  void aReloadEndsByTheServicesWord() {
    World world = reloading(service("web"));
    world.tell("web", new ServiceEvent.ReloadBegan(world.run("web")));

    world.tell("web", new ServiceEvent.ReloadEnded(world.run("web")));

    assertThat(world.shown("web")).isEqualTo(ShownState.RUNNING);
    assertThat(world.shown("app")).isEqualTo(ShownState.RUNNING);
    assertThat(world.orders).isEmpty();
  }

  /// T16: however often it says that it has begun.
  @ParameterizedTest
  @CsvSource({"true, 10", "false, 30"})
  void aReloadEndsInTime(boolean limited, int seconds) {
    StartSpec start =
        new StartSpec(StartSpec.Kind.SERVICE, true, Duration.ofSeconds(10), false, null);
    World world = reloading(limited ? service("web").with(start) : service("web"));
    world.passes(Duration.ofSeconds(seconds - 1));
    world.tell("web", new ServiceEvent.ReloadBegan(world.run("web")));
    assertThat(world.shown("web")).isEqualTo(ShownState.RELOADING);

    world.passes(Duration.ofSeconds(1));

    assertThat(world.shown("web")).isEqualTo(ShownState.RUNNING);
    assertThat(world.orders).isEmpty();
  }

  /// T16: a process that ends while it reloads has ended.
  @Test
  void whoEndsWhileReloadingHasEnded() {
    World world = reloading(service("web"));
    world.passes(Duration.ofSeconds(20));

    world.exits("web", 1);

    assertThat(world.shown("web")).isEqualTo(ShownState.BACKOFF);
    assertThat(world.stops()).as("its dependent is bound to it").contains("app");
    world.passes(Duration.ofHours(1));
    assertThat(world.shown("web")).isNotEqualTo(ShownState.RELOADING);
  }

  /// T16: nor does it keep anybody from stopping, restarting or pausing it.
  @Test
  void whoReloadsIsStoppedLikeAnyOther() {
    World world = reloading(service("web"));

    world.command(new dev.coffey.fleet.Command.Pause(World.names("web"), null, ""));
    assertThat(world.shown("web")).isEqualTo(ShownState.RELOADING);
    world.command(
        new dev.coffey.fleet.Command.Stop(
            World.names("web"), dev.coffey.fleet.Command.Dependents.LEAVE));
    assertThat(world.shown("web")).isEqualTo(ShownState.STOPPING);
    world.exits("web", 143);

    assertThat(world.shown("web")).isEqualTo(ShownState.STOPPED);
  }
}

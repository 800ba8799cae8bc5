package dev.coffey.fleet;

import static dev.coffey.fleet.Specs.dependent;
import static dev.coffey.fleet.Specs.disabled;
import static dev.coffey.fleet.Specs.needs;
import static dev.coffey.fleet.Specs.probed;
import static dev.coffey.fleet.Specs.running;
import static dev.coffey.fleet.Specs.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.ProbeKind;
import dev.coffey.lifecycle.RunId;
import dev.coffey.spec.Backend;
import dev.coffey.spec.Dependency;
import dev.coffey.spec.Features;
import dev.coffey.spec.Listener;
import dev.coffey.spec.LogSpec;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import dev.coffey.spec.SocketSpec;
import dev.coffey.spec.StartSpec;
import dev.coffey.spec.StopSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReloadTest {
  @Test
  void whatIsUnchangedKeepsItsRun() {
    World world = World.of(service("db"), service("web", "db"));
    world.launched("db", "web");
    RunId db = world.run("db");
    world.orders.clear();

    world.replan(service("db"), service("web", "db"), service("cron"));

    assertThat(world.run("db")).isEqualTo(db);
    assertThat(world.launches()).containsExactly("cron");
  }

  @Test
  void whatTheProcessSeesOfItsConfigurationRestartsIt() {
    World world = World.of(service("web"), service("other"));
    world.launched("web", "other");
    world.orders.clear();

    world.replan(running(service("web"), "/bin/new"), service("other"));
    assertThat(world.stops()).containsExactly("web");
    world.exits("web", 0);

    assertThat(world.launches()).containsExactly("web");
    assertThat(world.service("web").spec().exec().command().binary()).isEqualTo("/bin/new");
    assertThat(world.service("web").restarts().total()).isZero();
  }

  @Test
  void whoFailedWithWhatItWasGivenIsTriedAtOnceWithWhatItIsGivenNow() {
    World world = World.of(service("web"), service("other"));
    world.launched("web", "other");
    world.exits("web", 1);
    world.exits("other", 1);
    assertThat(world.shown("web")).isEqualTo(ShownState.BACKOFF);
    world.orders.clear();

    world.replan(running(service("web"), "/bin/new"), service("other"));

    assertThat(world.launches()).containsExactly("web");
    assertThat(world.service("web").restarts().total()).isZero();
    assertThat(world.shown("other")).isEqualTo(ShownState.BACKOFF);
  }

  @Test
  void aChangeOfItsSocketsRestartsIt() {
    World world = World.of(service("web"));
    world.launched("web");
    world.orders.clear();
    Listener at = new Listener(Listener.Transport.TCP, "", 8080, "");
    Features.Given given =
        new Features.Given(
            List.of(new SocketSpec("http", at, 0666, false)), List.of(), new Backend.Own());

    world.replan(service("web").with(new Features(given, Features.Around.NONE)));
    assertThat(world.stops()).containsExactly("web");
    assertThat(world.service("web").spec().features()).isEqualTo(Features.NONE);
    world.exits("web", 0);

    assertThat(world.launches()).containsExactly("web");
    assertThat(world.service("web").spec().features().given()).isEqualTo(given);
  }

  /// A process is given its streams when it begins.
  @Test
  void aChangeOfTheStreamsThatAreKeptRestartsIt() {
    World world = World.of(service("web"));
    world.launched("web");
    world.orders.clear();
    LogSpec all = LogSpec.DEFAULT;
    LogSpec changed =
        new LogSpec(
            all.segmentBytes(), 9, all.ageMax(), all.pressure(), true, false, all.lineBytesMax());

    world.replan(service("web").with(changed));

    assertThat(world.stops()).containsExactly("web");
    assertThat(world.service("web").spec().logs().segmentsKept()).isEqualTo(9);
    assertThat(world.service("web").spec().logs().stderr()).isTrue();
    world.exits("web", 0);
    assertThat(world.launches()).containsExactly("web");
    assertThat(world.service("web").spec().logs()).isEqualTo(changed);
  }

  @Test
  void everythingElseIsNewAtOnce() {
    World world = World.of(service("web"));
    world.launched("web");
    RunId run = world.run("web");
    world.orders.clear();

    StopSpec patient = new StopSpec("INT", Duration.ofMinutes(1), null);
    world.replan(service("web").with(patient));

    assertThat(world.orders).isEmpty();
    assertThat(world.run("web")).isEqualTo(run);
    assertThat(world.service("web").spec().stop()).isEqualTo(patient);
  }

  @Test
  void whatRunsTooLongByTheNewPlanIsEnded() {
    World world = World.of(service("web"));
    world.launched("web");
    world.passes(Duration.ofMinutes(5));
    world.orders.clear();

    world.replan(bounded(Duration.ofMinutes(10)));
    world.passes(Duration.ofMinutes(4));
    assertThat(world.stops()).isEmpty();
    world.replan(bounded(Duration.ofMinutes(1)));
    world.passes(Duration.ZERO);

    assertThat(world.stops()).containsExactly("web");
  }

  @Test
  void whoHasMoreTimeByTheNewPlanIsNotEnded() {
    World world = World.of(bounded(Duration.ofMinutes(10)));
    world.launched("web");
    world.orders.clear();

    world.replan(service("web"));
    world.passes(Duration.ofHours(1));

    assertThat(world.stops()).isEmpty();
  }

  @Test
  void startThatIsUnderWayHasTheTimeOfTheNewPlan() {
    World world = World.of(probed(service("web"), true, false));
    world.launched("web");
    world.orders.clear();

    StartSpec patient =
        new StartSpec(StartSpec.Kind.SERVICE, true, Duration.ofMinutes(5), false, null);
    world.replan(probed(service("web"), true, false).with(patient));
    world.passes(Duration.ofMinutes(4));
    assertThat(world.stops()).isEmpty();
    world.passes(Duration.ofMinutes(1));

    assertThat(world.stops()).containsExactly("web");
  }

  private static ServiceSpec bounded(Duration runtimeMax) {
    return service("web")
        .with(new StartSpec(StartSpec.Kind.SERVICE, true, null, false, runtimeMax));
  }

  /// T18: nothing dangles after a service is gone.
  @Test
  void whatThePlanHasNoMoreIsStoppedDependentsFirstAndForgotten() {
    World world = World.of(service("db"), service("web", "db"));
    world.launched("db", "web");
    world.orders.clear();

    world.replan(service("cron"));
    assertThat(world.stops()).containsExactly("web");
    world.exits("web", 0);
    assertThat(world.stops()).containsExactly("db");
    world.exits("db", 0);

    assertThat(world.fleet.service(new ServiceName("db"))).isEmpty();
    assertThat(world.fleet.services()).hasSize(1);
  }

  @Test
  void whatComesBackWhileItLeavesIsStartedAgain() {
    World world = World.of(service("db"));
    world.launched("db");
    world.replan(service("cron"));
    world.orders.clear();

    world.replan(service("cron"), service("db"));
    world.exits("db", 0);

    assertThat(world.launches()).containsExactly("db");
  }

  @Test
  void newProbesBeginAnew() {
    World world = World.of(service("web"));
    world.launched("web");

    world.replan(probed(service("web"), true, true));
    world.passes(Duration.ofMillis(1));
    world.probed("web", ProbeKind.READINESS, true);

    assertThat(world.shown("web")).isEqualTo(ShownState.RUNNING);
  }

  @Test
  void dependentsFollowARestartThatAReloadBrings() {
    Dependency bound = needs("db", Dependency.Condition.STARTED, Dependency.Reactions.BOUND);
    World world = World.of(service("db"), dependent("web", bound));
    world.launched("db", "web");
    world.orders.clear();

    world.replan(running(service("db"), "/bin/new"), dependent("web", bound));
    assertThat(world.stops()).containsExactly("web");
    world.exits("web", 0);
    assertThat(world.stops()).containsExactly("db");
    world.exits("db", 0);
    world.launched("db");

    assertThat(world.launches()).containsExactly("db", "web");
  }

  @Test
  void whoIsGoneWithoutEverHavingRunIsToldOfOnceMore() {
    World world = World.of(disabled(service("db")), service("web", "db"));

    world.replan(disabled(service("db")));

    assertThat(world.transitions)
        .singleElement()
        .satisfies(it -> {
          assertThat(it.after().wish().up()).isFalse();
          assertThat(ServiceView.of(world.fleet, it.after()).state()).isEqualTo(ShownState.STOPPED);
        });
    assertThat(world.fleet.services()).hasSize(1);
  }

  /// T10: a reload during a shutdown brings nothing back.
  @Test
  void aPlanThatComesDuringAShutdownStartsNothing() {
    World world = World.of(service("web"));
    world.launched("web");
    world.hear(new FleetEvent.ShutdownWanted());
    world.orders.clear();

    world.replan(service("web"), service("cron"));
    world.exits("web", 0);

    assertThat(world.launches()).isEmpty();
    assertThat(world.fleet.over()).isTrue();
  }

  /// T110: what a reload brings starts in the order of its edges, as at boot.
  @Test
  void whatAReloadBringsStartsInOrder() {
    World world = World.of(service("cron"));
    world.launched("cron");
    world.orders.clear();

    world.replan(service("cron"), service("web", "db"), service("db"), service("api", "web"));

    assertThat(world.launches()).containsExactly("db");
    world.launched("db");
    assertThat(world.launches()).containsExactly("web");
    world.launched("web");
    assertThat(world.launches()).containsExactly("api");
  }

  /// T111: many reloads leave nothing behind.
  @Test
  void tenThousandReloadsLeaveNothingBehind() {
    World world = World.of(service("web"));
    world.launched("web");

    for (int reload = 0; reload < 10_000; reload++) {
      world.replan(service("web"), running(service("x" + reload), "/bin/true"));
      world.launched("x" + reload);
      world.replan(service("web"));
      world.exits("x" + reload, 0);
      world.orders.clear();
    }

    assertThat(world.fleet.services()).hasSize(1);
  }
}

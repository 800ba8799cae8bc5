package dev.coffey.fleet;

import static dev.coffey.fleet.Specs.dependent;
import static dev.coffey.fleet.Specs.fatal;
import static dev.coffey.fleet.Specs.needs;
import static dev.coffey.fleet.Specs.probed;
import static dev.coffey.fleet.Specs.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.fleet.FleetEvent.ShutdownWanted;
import dev.coffey.lifecycle.Effect;
import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.ProbeKind;
import dev.coffey.lifecycle.Result;
import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceEvent;
import dev.coffey.spec.Dependency.Condition;
import dev.coffey.spec.Dependency.Reactions;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StoppingTest {
  /// T02: a stop while waiting is done at once, and nothing is launched afterwards.
  @Test
  void stopWhileWaitingIsDoneAtOnce() {
    World world = World.of(service("db"), service("web", "db"));

    world.stop("web");
    world.launched("db");

    assertThat(world.shown("web")).isEqualTo(ShownState.STOPPED);
    assertThat(world.launches()).containsExactly("db");
  }

  /// T01: a restart while waiting makes no second one.
  @Test
  void restartWhileWaitingWaitsOn() {
    World world = World.of(service("db"), service("web", "db"));

    world.restart("web");
    assertThat(world.shown("web")).isEqualTo(ShownState.WAITING);
    world.launched("db");

    assertThat(world.launches()).containsExactly("db", "web");
  }

  /// T03: a stop during back-off cancels the restart.
  @Test
  void stopDuringBackOffCancelsTheRestart() {
    World world = World.of(service("web"));
    world.launched("web");
    world.exits("web", 1);
    world.launches();

    world.stop("web");
    world.passes(Duration.ofMinutes(5));

    assertThat(world.shown("web")).isEqualTo(ShownState.STOPPED);
    assertThat(world.launches()).isEmpty();
  }

  @Test
  void startDuringBackOffMeansNowAndForgets() {
    World world = World.of(service("web"));
    world.launched("web");
    world.exits("web", 1);
    world.launches();

    world.start("web");

    assertThat(world.launches()).containsExactly("web");
    assertThat(world.service("web").restarts().attempt()).isZero();
  }

  /// T08: the last wish wins.
  @Test
  void startWhileStoppingStartsAfterTheStop() {
    World world = World.of(service("web"));
    world.launched("web");
    world.stop("web");
    world.launches();

    world.start("web");
    assertThat(world.launches()).isEmpty();
    assertThat(world.view("web").restarting()).isTrue();
    world.exits("web", 0);

    assertThat(world.launches()).containsExactly("web");
  }

  @Test
  void stopThenStartThenStopStaysDown() {
    World world = World.of(service("web"));
    world.launched("web");
    world.stop("web");
    world.start("web");
    world.stop("web");
    world.launches();

    world.exits("web", 0);

    assertThat(world.shown("web")).isEqualTo(ShownState.STOPPED);
    assertThat(world.launches()).isEmpty();
  }

  /// T04: many restarts at the same time are one.
  @Test
  void restartsAtTheSameTimeAreOne() {
    World world = World.of(service("web"));
    world.launched("web");
    world.launches();

    world.restart("web");
    world.restart("web");
    world.restart("web");
    assertThat(world.stops()).containsExactly("web");
    world.exits("web", 143);

    assertThat(world.launches()).containsExactly("web");
  }

  @Test
  void aStopDuringTheLaunchIsDoneWhenThereIsAProcess() {
    World world = World.of(service("web"));
    world.stop("web");
    assertThat(world.stops()).isEmpty();

    world.launched("web");

    assertThat(world.stops()).containsExactly("web");
    world.exits("web", 0);
    assertThat(world.shown("web")).isEqualTo(ShownState.STOPPED);
  }

  /// T31: whatever the status, a requested stop is a success.
  @Test
  void aRequestedStopIsASuccessWhateverTheStatus() {
    World world = World.of(service("web"));
    world.launched("web");
    world.stop("web");

    world.ends("web", new ExitStatus.Signaled(15, "TERM", false));

    Result last = Objects.requireNonNull(world.service("web").last());
    assertThat(last.kind()).isEqualTo(Result.Kind.SUCCESS);
    assertThat(world.service("web").restarts().attempt()).isZero();
  }

  /// T52, T53: KILL at the deadline.
  @Test
  void whoIgnoresTermIsKilledAtTheDeadline() {
    World world = World.of(service("web"));
    world.launched("web");
    world.stop("web");
    world.orders.clear();

    world.passes(Duration.ofMillis(9_999));
    assertThat(world.orders).isEmpty();
    world.passes(Duration.ofMillis(1));

    assertThat(world.orders)
        .extracting(Order::effect)
        .containsExactly(new Effect.Kill(world.run("web")));
    world.ends("web", new ExitStatus.Signaled(9, "KILL", false));
    assertThat(world.service("web").last())
        .extracting(Result::kind, Result::message)
        .containsExactly(Result.Kind.TIMEOUT, "did not end in time, signal KILL");
  }

  /// T52: nor is it kept quiet that the others had to be killed.
  @Test
  void whoseChildrenIgnoreTermIsToldThatTheyWereKilled() {
    World world = World.of(service("web"));
    world.launched("web");
    RunId run = world.run("web");
    world.tell("web", new ServiceEvent.Ended(run, new ExitStatus.Exited(1)));

    world.passes(Duration.ofSeconds(10));
    world.tell("web", new ServiceEvent.Emptied(run));

    assertThat(world.service("web").last())
        .extracting(Result::kind, Result::message)
        .containsExactly(Result.Kind.EXIT_CODE, "what it left did not end in time, exit 1");
  }

  /// T54: what survives KILL is said, and the shutdown goes on.
  @Test
  void whatSurvivesKillDoesNotHoldUpTheShutdown() {
    World world = World.of(service("stuck"));
    world.launched("stuck");
    world.hear(new ShutdownWanted());

    world.passes(Duration.ofSeconds(10));
    world.passes(Duration.ofSeconds(10));

    assertThat(world.shown("stuck")).isEqualTo(ShownState.STOP_FAILED);
    assertThat(world.fleet.over()).isTrue();
  }

  /// T44: a leader that exits first does not save its children.
  @Test
  void stoppedMeansThatNothingIsLeft() {
    World world = World.of(service("web"));
    world.launched("web");
    RunId run = world.run("web");
    world.stop("web");

    world.tell("web", new ServiceEvent.Ended(run, new ExitStatus.Exited(0)));
    assertThat(world.shown("web")).isEqualTo(ShownState.STOPPING);
    world.passes(Duration.ofSeconds(10));
    assertThat(world.orders).extracting(Order::effect).contains(new Effect.Kill(run));

    world.tell("web", new ServiceEvent.Emptied(run));
    assertThat(world.shown("web")).isEqualTo(ShownState.STOPPED);
  }

  @Test
  void stoppingWhatOthersNeedIsRefusedAndNamesThem() {
    World world = World.of(service("db"), service("web", "db"));
    world.launched("db", "web");

    Reply reply = world.stop("db");

    assertThat(reply)
        .isEqualTo(
            new Reply.Refused(
                Reply.Refusal.HAS_DEPENDENTS, "'db' is still needed by 'web'", World.names("web")));
    assertThat(world.shown("db")).isEqualTo(ShownState.RUNNING);
  }

  /// T17: dependents first.
  @Test
  void cascadeStopsDependentsFirst() {
    World world = World.of(service("db"), service("api", "db"), service("web", "api"));
    world.launched("db", "api", "web");
    world.orders.clear();

    world.command(new Command.Stop(World.names("db"), Command.Dependents.CASCADE));
    assertThat(world.stops()).containsExactly("web");
    world.exits("web", 0);
    assertThat(world.stops()).containsExactly("api");
    world.exits("api", 0);
    assertThat(world.stops()).containsExactly("db");
  }

  @Test
  void forceLeavesTheDependentsRunning() {
    World world = World.of(service("db"), service("web", "db"));
    world.launched("db", "web");

    world.command(new Command.Stop(World.names("db"), Command.Dependents.LEAVE));
    world.exits("db", 0);

    assertThat(world.shown("db")).isEqualTo(ShownState.STOPPED);
    assertThat(world.shown("web")).isEqualTo(ShownState.RUNNING);
  }

  /// T65: a restart that dependents do not ask to follow is none of their business.
  @Test
  void aRestartOfTheOtherIsNoTransitionOfItsDependents() {
    World world = World.of(service("db"), service("web", "db"));
    world.launched("db", "web");
    Service before = world.service("web");

    world.restart("db");
    world.exits("db", 0);
    world.launched("db");

    assertThat(world.shown("db")).isEqualTo(ShownState.RUNNING);
    assertThat(world.service("web")).isEqualTo(before);
  }

  @Test
  void whoIsBoundStopsWhenTheOtherCrashesAndComesBackWithIt() {
    World world =
        World.of(service("db"), dependent("web", needs("db", Condition.STARTED, Reactions.BOUND)));
    world.launched("db", "web");
    world.orders.clear();

    world.exits("db", 1);
    assertThat(world.stops()).contains("web");
    world.exits("web", 0);
    assertThat(world.shown("web")).isEqualTo(ShownState.WAITING);

    world.passes(Duration.ofSeconds(2));
    world.launched("db");
    assertThat(world.launches()).containsExactly("db", "web");
  }

  /// T09: a shutdown in the middle of a start.
  @Test
  void shutdownInTheMiddleOfAStartEndsEverything() {
    World world = World.of(service("db"), service("web", "db"));
    world.hear(new ShutdownWanted());
    assertThat(world.shown("web")).isEqualTo(ShownState.STOPPED);

    world.launched("db");
    world.exits("db", 0);

    assertThat(world.fleet.over()).isTrue();
    assertThat(world.launches()).containsExactly("db");
  }

  @Test
  void shutdownGoesInReverseAndIndependentBranchesTogether() {
    World world = World.of(service("db"), service("web", "db"), service("cron"));
    world.launched("cron", "db", "web");
    world.orders.clear();

    world.hear(new ShutdownWanted());
    assertThat(world.stops()).containsExactlyInAnyOrder("cron", "web");
    world.exits("web", 0);
    assertThat(world.stops()).containsExactly("db");
    world.exits("db", 0);
    assertThat(world.fleet.over()).isFalse();
    world.exits("cron", 0);
    assertThat(world.fleet.over()).isTrue();
  }

  @Test
  void aSecondSignalCutsAllGraceAndAThirdLeavesAtOnce() {
    World world = World.of(service("db"), service("web", "db"));
    world.launched("db", "web");
    world.hear(new ShutdownWanted());
    world.orders.clear();

    world.hear(new ShutdownWanted());
    world.passes(Duration.ZERO);
    assertThat(world.orders)
        .extracting(Order::effect)
        .contains(new Effect.Kill(world.run("db")), new Effect.Kill(world.run("web")));

    world.hear(new ShutdownWanted());
    assertThat(world.fleet.over()).isTrue();
  }

  /// T10: nothing new during a shutdown.
  @Test
  void commandsDuringAShutdownAreRefused() {
    World world = World.of(service("web"));
    world.launched("web");
    world.hear(new ShutdownWanted());

    assertThat(world.start("web"))
        .isInstanceOfSatisfying(
            Reply.Refused.class,
            it -> assertThat(it.reason()).isEqualTo(Reply.Refusal.SHUTTING_DOWN));
  }

  /// T11, T127: a failure that ends the daemon is a failure of the daemon; a requested exit is not.
  @Test
  void onlyAFailureEndsTheDaemonWithAFailure() {
    World world = World.of(fatal(service("main")), service("other"));
    world.launched("main", "other");
    world.restart("main");
    world.exits("main", 1);
    world.launched("main");
    assertThat(world.fleet.phase()).isEqualTo(Phase.RUNNING);

    world.exits("main", 1);

    assertThat(world.fleet.phase()).isEqualTo(Phase.STOPPING);
    world.exits("other", 0);
    assertThat(world.fleet.over()).isTrue();
    assertThat(world.fleet.failed()).isTrue();
  }

  /// T38, T74: only liveness restarts, and a new run starts counting anew.
  @Test
  void onlyLivenessRestarts() {
    World world = World.of(probed(service("web"), true, true));
    world.launched("web");
    world.passes(Duration.ofMillis(1));
    world.probed("web", ProbeKind.READINESS, true);
    for (int probe = 0; probe < 5; probe++) {
      world.probed("web", ProbeKind.READINESS, false);
    }
    assertThat(world.shown("web")).isEqualTo(ShownState.RUNNING);

    for (int probe = 0; probe < 3; probe++) {
      world.probed("web", ProbeKind.LIVENESS, false);
    }
    assertThat(world.shown("web")).isEqualTo(ShownState.STOPPING);
    world.exits("web", 0);

    Result last = Objects.requireNonNull(world.service("web").last());
    assertThat(last.kind()).isEqualTo(Result.Kind.PROBE);
    assertThat(world.shown("web")).isEqualTo(ShownState.BACKOFF);
  }
}

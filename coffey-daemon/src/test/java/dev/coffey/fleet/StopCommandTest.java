package dev.coffey.fleet;

import static dev.coffey.fleet.Specs.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.Effect;
import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.Result;
import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.ServiceEvent;
import dev.coffey.spec.Command;
import dev.coffey.spec.ServiceSpec;
import dev.coffey.spec.StopSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Services that are asked to end by a command of their own.
class StopCommandTest {
  private static final Command QUIT = new Command("/usr/bin/quit", List.of("--now"));

  private static ServiceSpec quitting(String name) {
    return service(name).with(new StopSpec("TERM", Duration.ofSeconds(10), QUIT));
  }

  private static World stopping() {
    World world = World.of(quitting("db"));
    world.launched("db");
    world.orders.clear();
    world.stop("db");
    return world;
  }

  @Test
  void commandAsksInsteadOfTheSignal() {
    World world = stopping();
    RunId run = world.run("db");

    assertThat(world.orders)
        .extracting(Order::effect)
        .containsExactly(
            new Effect.CancelProbes(run),
            new Effect.StopCommand(run, 1000 + (int) run.value(), QUIT));
  }

  /// What it started need not have heard of it.
  @Test
  void whatTheMainProcessLeavesIsAskedBySignal() {
    World world = stopping();
    RunId run = world.run("db");
    world.orders.clear();

    world.tell("db", new ServiceEvent.Ended(run, new ExitStatus.Exited(0)));

    assertThat(world.orders)
        .extracting(Order::effect)
        .containsExactly(new Effect.Terminate(run, "TERM"), new Effect.Sweep(run));
  }

  @Test
  void stopByCommandIsASuccess() {
    World world = stopping();
    RunId run = world.run("db");

    world.tell("db", new ServiceEvent.StopCommandEnded(run, true));
    assertThat(world.stops()).isEmpty();
    world.exits("db", 3);

    assertThat(world.shown("db")).isEqualTo(ShownState.STOPPED);
    assertThat(world.service("db").last()).extracting(Result::kind).isEqualTo(Result.Kind.SUCCESS);
  }

  @Test
  void signalFollowsACommandThatFails() {
    World world = stopping();
    world.stops();

    world.tell("db", new ServiceEvent.StopCommandEnded(world.run("db"), false));

    assertThat(world.stops()).containsExactly("db");
  }

  @Test
  void commandThatHangsIsBoundedByTheTimeout() {
    World world = stopping();
    world.orders.clear();

    world.passes(Duration.ofSeconds(10));
    assertThat(world.orders)
        .extracting(Order::effect)
        .containsExactly(new Effect.Kill(world.run("db")));
    world.tell("db", new ServiceEvent.StopCommandEnded(world.run("db"), false));

    assertThat(world.stops()).as("no signal after KILL").isEmpty();
  }

  /// The news may be late: the run it is about is over, or all but.
  @Test
  void lateAnswerChangesNothing() {
    World world = stopping();
    RunId run = world.run("db");
    world.tell("db", new ServiceEvent.Ended(run, new ExitStatus.Exited(0)));
    world.stops();

    world.tell("db", new ServiceEvent.StopCommandEnded(run, false));
    world.tell("db", new ServiceEvent.Emptied(run));
    world.tell("db", new ServiceEvent.StopCommandEnded(run, false));

    assertThat(world.stops()).isEmpty();
    assertThat(world.shown("db")).isEqualTo(ShownState.STOPPED);
  }

  @Test
  void crashIsNotAskedAgainByCommand() {
    World world = World.of(quitting("db"));
    world.launched("db");

    world.tell("db", new ServiceEvent.Ended(world.run("db"), new ExitStatus.Exited(1)));

    assertThat(world.orders)
        .extracting(Order::effect)
        .noneMatch(Effect.StopCommand.class::isInstance);
  }

  /// A second signal leaves no time for commands either.
  @Test
  void hurriedShutdownKillsInsteadOfWaitingForTheCommand() {
    World world = World.of(quitting("db"));
    world.launched("db");
    world.hear(new FleetEvent.ShutdownWanted());

    world.hear(new FleetEvent.ShutdownWanted());
    world.passes(Duration.ZERO);

    assertThat(world.orders).extracting(Order::effect).contains(new Effect.Kill(world.run("db")));
  }
}

package dev.coffey.supervisor;

import dev.coffey.fleet.Command;
import dev.coffey.fleet.Fleet;
import dev.coffey.fleet.FleetEvent;
import dev.coffey.fleet.Phase;
import dev.coffey.fleet.Transition;
import dev.coffey.lifecycle.RunId;
import dev.coffey.spec.Plan;
import dev.coffey.spec.ServiceName;
import dev.coffey.supervisor.Inbox.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The real loop and the real core against a simulated world, driven by one seed.
final class Simulation implements TransitionListener {
  private static final int TRACE_MAX = 40;

  private final SplittableRandom random;
  private final SimulatedWorld world;
  private final Inbox inbox = new Inbox();
  private final Loop loop;
  private final Plan plan;
  private final Invariants invariants;
  private final Deque<String> trace = new ArrayDeque<>();
  private Snapshot snapshot;
  private int turns;

  Simulation(long seed) {
    random = new SplittableRandom(seed);
    plan = RandomPlan.of(random.split());
    world = new SimulatedWorld(random.split());
    invariants = new Invariants(plan, world);
    Fleet fleet = Fleet.of(plan, new RunId(1), world.now());
    snapshot = new Snapshot(fleet, 0);
    loop =
        new Loop(
            fleet,
            inbox,
            new Operations(),
            new Loop.Ports(
                (order, answers) -> {
                  note("order " + order);
                  invariants.ordered(order, snapshot.fleet());
                  world.perform(order, answers);
                },
                world,
                random.split(),
                this,
                next -> snapshot = next));
  }

  /// Runs this many events, then calms the world and checks that everything comes to rest.
  void run(int events) throws InterruptedException {
    try {
      say(new FleetEvent.Began());
      while (turns < events) {
        if (random.nextInt(100) < 5) {
          say(new FleetEvent.Commanded(command()));
        }
        turn();
      }
      world.kind = true;
      calm();
      invariants.atRest(snapshot.fleet());
      shutDown();
    } catch (AssertionError e) {
      throw new AssertionError(
          "%s%nthe last steps:%n  %s".formatted(e.getMessage(), String.join("\n  ", trace)), e);
    }
  }

  private void say(FleetEvent event) {
    inbox.post(new Message(event, null));
  }

  private Command command() {
    List<ServiceName> names = new ArrayList<>(plan.services().keySet());
    List<ServiceName> one = List.of(names.get(random.nextInt(names.size())));
    return switch (random.nextInt(6)) {
      case 0, 1 -> new Command.Start(one, random.nextBoolean());
      case 2 -> new Command.Stop(one, Command.Dependents.REFUSE);
      case 3 -> new Command.Stop(one, Command.Dependents.CASCADE);
      case 4 -> new Command.Stop(one, Command.Dependents.LEAVE);
      default -> new Command.Restart(one);
    };
  }

  /// One message, the next happening or the next deadline, whichever is first.
  private void turn() throws InterruptedException {
    @Nullable Message message = inbox.take(Duration.ZERO);
    if (message == null) {
      Instant deadline = snapshot.fleet().deadline();
      Instant happening = world.nextHappening().orElse(Instant.MAX);
      if (happening.isAfter(deadline)) {
        world.passTo(deadline);
        decide(null);
        return;
      }
      if (!happening.equals(Instant.MAX)) {
        world.happen();
      }
      message = inbox.take(Duration.ZERO);
      if (message == null) {
        turns++;
        return;
      }
    }
    decide(message);
  }

  private void decide(@Nullable Message message) {
    note(message == null ? "time passes to " + world.now() : "event " + message.event());
    turns++;
    long revision = snapshot.revision();
    loop.turn(message);
    if (snapshot.revision() == revision) {
      throw new AssertionError("the loop could not decide");
    }
    invariants.hold(snapshot.fleet());
  }

  /// Goes on until nothing would move for a minute.
  private void calm() throws InterruptedException {
    Instant until = world.now().plus(Duration.ofMinutes(20));
    while (world.now().isBefore(until)) {
      Instant next = world.nextHappening().orElse(Instant.MAX);
      Instant deadline = snapshot.fleet().deadline();
      if (next.isAfter(until) && deadline.isAfter(until)) {
        return;
      }
      turn();
    }
  }

  private void shutDown() throws InterruptedException {
    world.kind = random.nextBoolean();
    Instant begun = world.now();
    say(new FleetEvent.ShutdownWanted());
    Duration bound = plan.daemon().limits().shutdownTimeout().plusSeconds(15);
    while (!snapshot.fleet().over()) {
      turn();
      if (Duration.between(begun, world.now()).compareTo(bound) > 0) {
        throw new AssertionError("shutdown took longer than " + bound);
      }
    }
    if (snapshot.fleet().phase() != Phase.STOPPED || !world.empty()) {
      throw new AssertionError("the daemon is over, but processes are left");
    }
  }

  private void note(String line) {
    trace.add(line);
    if (trace.size() > TRACE_MAX) {
      trace.remove();
    }
  }

  @Override
  public void happened(Transition transition, Snapshot after) {
    note(
        "       %s: %s -> %s"
            .formatted(
                transition.after().name(),
                transition.before().state(),
                transition.after().state()));
    invariants.happened(transition, world.now());
  }
}

package dev.coffey.supervisor;

import static dev.coffey.supervisor.Violation.require;

import dev.coffey.fleet.Command;
import dev.coffey.fleet.Fleet;
import dev.coffey.fleet.FleetEvent;
import dev.coffey.fleet.FleetMachine;
import dev.coffey.fleet.Order;
import dev.coffey.fleet.Phase;
import dev.coffey.fleet.ServiceView;
import dev.coffey.fleet.Transition;
import dev.coffey.lifecycle.Moment;
import dev.coffey.lifecycle.RunId;
import dev.coffey.schedule.SimulatedTimes;
import dev.coffey.spec.Plan;
import dev.coffey.spec.ScheduleSpec;
import dev.coffey.spec.ServiceName;
import dev.coffey.supervisor.Inbox.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One life of a daemon: the real loop and the real core against a simulated world, driven by one
/// seed, from the start to a shutdown that may come at any moment.
final class Simulation implements TransitionListener {
  /// How long a kind world may take to bring everything to rest.
  private static final Duration REST_MAX = Duration.ofMinutes(30);

  /// How often rest is looked for, in turns.
  private static final int REST_EVERY = 16;

  private final SplittableRandom random;
  private final Mischief asked;
  private final Mischief wrong;
  private final SimulatedWorld world;
  private final Inbox inbox = new Inbox();
  private final Operations operations = new Operations();
  private final Loop loop;
  private final Invariants invariants;
  private final Ending ending;
  private final SimulatedTimes times;
  private final TimesBook timesBook = new TimesBook();
  final Trace trace;
  private Snapshot snapshot;
  private int turns;
  private @Nullable AssertionError broken;
  private @Nullable Plan followed;
  private boolean calm;

  /// @param muted what is left out of all that went wrong or was asked in the whole run
  Simulation(long seed, Set<Integer> muted, Trace trace) {
    this.trace = trace;
    random = new SplittableRandom(seed);
    asked = new Mischief(random.split(), 0, muted);
    wrong = new Mischief(random.split(), 1, muted);
    world = new SimulatedWorld(random.split(), wrong);
    Fleet fleet = Fleet.of(RandomPlan.of(random.split()), Map.of(), new RunId(1), world.now());
    invariants = new Invariants(fleet, world);
    ending = new Ending(world);
    times = new SimulatedTimes(random.split(), this::scheduled);
    snapshot = new Snapshot(fleet, 0);
    loop =
        new Loop(
            fleet,
            inbox,
            operations,
            new Loop.Ports(this::perform, world, random.split(), this, next -> snapshot = next));
  }

  /// How many events have been decided.
  int turns() {
    return turns;
  }

  /// All that went wrong or was asked.
  List<Integer> done() {
    List<Integer> all = new ArrayList<>(asked.done());
    all.addAll(wrong.done());
    return all;
  }

  /// Runs this many events, or until a shutdown among them is over; then calms the world, checks
  /// that everything comes to rest, and shuts down.
  void run(int events) throws InterruptedException {
    say(new FleetEvent.Began());
    while (turns < events && !snapshot.fleet().over()) {
      interfere();
      turn();
    }
    if (!Reference.stopping(snapshot.fleet())) {
      world.calmDown();
      calm = true;
      hearAll();
      names().forEach(name -> say(new FleetEvent.Commanded(new Command.Resume(List.of(name)))));
      hearAll();
      rest();
      say(new FleetEvent.ShutdownWanted());
    }
    while (!snapshot.fleet().over()) {
      turn();
    }
    require(snapshot.fleet().phase() == Phase.STOPPED, "a shutdown ends", "");
    ending.over();
  }

  private void hearAll() throws InterruptedException {
    @Nullable Message message = inbox.take(Duration.ZERO);
    while (message != null) {
      decide(message);
      message = inbox.take(Duration.ZERO);
    }
  }

  /// Somebody asks something, puts another plan in force, or wants an end, at any moment.
  private void interfere() {
    int choice = random.nextInt(1000);
    if (choice < 50) {
      ask(new FleetEvent.Commanded(command()));
    } else if (choice < 60) {
      ask(new FleetEvent.PlanChanged(RandomPlan.changed(snapshot.fleet().plan(), random.split())));
    } else if (choice < 62 || (choice < 90 && Reference.stopping(snapshot.fleet()))) {
      ask(new FleetEvent.ShutdownWanted());
    } else if (choice < 95) {
      world.setWallClock();
    }
  }

  private void ask(FleetEvent event) {
    if (asked.allowed()) {
      say(event);
    }
  }

  private void say(FleetEvent event) {
    boolean answered = event instanceof FleetEvent.Commanded;
    inbox.post(new Message(event, answered ? new CompletableFuture<>() : null));
  }

  private List<ServiceName> names() {
    return List.copyOf(snapshot.fleet().plan().services().keySet());
  }

  private Command command() {
    List<ServiceName> names = names();
    SplittableRandom chance = random.split();
    if (names.isEmpty()) {
      return new Command.Start(List.of(), true);
    }
    List<ServiceName> one = List.of(names.get(chance.nextInt(names.size())));
    return switch (chance.nextInt(12)) {
      case 0, 1 -> new Command.Start(one, chance.nextBoolean());
      case 2 -> new Command.Stop(one, Command.Dependents.REFUSE);
      case 3 -> new Command.Stop(one, Command.Dependents.CASCADE);
      case 4 -> new Command.Stop(one, Command.Dependents.LEAVE);
      case 5 -> new Command.Signal(one, "USR1");
      case 6, 7 -> pause(one, chance);
      case 8, 9 -> new Command.Resume(names);
      case 10 ->
          new Command.Restart(
              names, chance.nextBoolean(), chance.nextBoolean(), 1 + chance.nextInt(3));
      default -> new Command.Restart(one);
    };
  }

  private static Command pause(List<ServiceName> services, SplittableRandom chance) {
    @Nullable Duration ttl =
        chance.nextBoolean() ? Duration.ofSeconds(chance.nextInt(1, 30)) : null;
    return new Command.Pause(services, ttl, "");
  }

  private void scheduled(ServiceName name, boolean now, @Nullable Instant next) {
    var call = new FleetEvent.Scheduled(name, now, next);
    timesBook.called(call, world.wall(world.now()));
    say(call);
  }

  /// The schedules of a new plan are followed soon after, not at once, and what is due is told;
  /// there is nothing due any more once the world is calm.
  @SuppressWarnings("ReferenceEquality") // Whether it is the same plan, not whether it is equal.
  private void followClock() {
    Plan plan = snapshot.fleet().plan();
    if (plan != followed && (followed == null || random.nextInt(4) == 0)) {
      followed = plan;
      timesBook.follows(ScheduleSpec.of(plan));
      times.follow(ScheduleSpec.of(plan), world.wall(world.now()));
    }
    times.turn(world.wall(world.now()));
    timesBook.told(world.wall(world.now()));
  }

  private Instant nextTime() {
    return calm ? Instant.MAX : times.earliest().map(world::whenWallShows).orElse(Instant.MAX);
  }

  /// One message, the next happening, the next time of a schedule or the next deadline, whichever
  /// is first.
  private void turn() throws InterruptedException {
    if (!calm) {
      followClock();
    }
    @Nullable Message message = inbox.take(Duration.ZERO);
    if (message == null) {
      Instant deadline = snapshot.fleet().deadline();
      Instant happening = world.nextHappening().orElse(Instant.MAX);
      Instant time = nextTime();
      if (time.isBefore(deadline) && time.isBefore(happening)) {
        world.wakeAt(time);
        turns++;
        return;
      }
      if (happening.isAfter(deadline)) {
        world.sleepTo(deadline);
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
    @Nullable FleetEvent event = message == null ? null : message.event();
    trace.heard(world.now(), () -> event == null ? "time has passed" : "heard " + Words.of(event));
    turns++;
    Snapshot before = snapshot;
    invariants.hears(before.fleet(), event);
    ending.hears(before.fleet(), event);
    loop.turn(message);
    if (broken != null) {
      throw broken;
    }
    if (snapshot.revision() == before.revision()) {
      undecided(before.fleet(), event);
    }
    if (message != null && message.answer() != null) {
      require(message.answer().isDone(), "every command is answered", Words.of(message.event()));
    }
    invariants.hold(snapshot.fleet());
    ending.inTime(snapshot.fleet());
    if (turns % REST_EVERY == 0) {
      ServiceView.all(snapshot.fleet());
    }
  }

  /// The loop has logged why and gone on; here it is the end.
  private void undecided(Fleet fleet, @Nullable FleetEvent event) {
    FleetMachine.decide(
        fleet, event == null ? new FleetEvent.TimePassed() : event, new Moment(world.now(), 0));
    throw new Violation("the loop decides on everything", "");
  }

  private void rest() throws InterruptedException {
    Instant until = world.now().plus(REST_MAX);
    while (true) {
      boolean idle =
          world.nextHappening().isEmpty() && snapshot.fleet().deadline().equals(Instant.MAX);
      if (idle || world.now().isAfter(until)) {
        AtRest.check(snapshot.fleet(), operations);
        return;
      }
      if (turns % REST_EVERY == 0 && atRest()) {
        return;
      }
      turn();
    }
  }

  private boolean atRest() {
    try {
      AtRest.check(snapshot.fleet(), operations);
      return true;
    } catch (Violation _) {
      return false;
    }
  }

  private void perform(Order order, Consumer<FleetEvent> answers) {
    trace.follows(order.service(), world.now(), () -> Words.of(order));
    watched(() -> invariants.ordered(order, snapshot.fleet()));
    world.perform(order, answers);
  }

  @Override
  public void happened(Transition transition, Snapshot after) {
    trace.follows(transition.after().name(), world.now(), () -> Words.of(transition));
    watched(() -> invariants.happened(transition, after.fleet()));
  }

  /// The loop contains whatever is thrown where it tells and performs, so it is kept until the loop
  /// is back.
  private void watched(Runnable check) {
    try {
      check.run();
    } catch (AssertionError e) {
      broken = broken == null ? e : broken;
    }
  }
}

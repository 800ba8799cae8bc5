package dev.coffey.supervisor;

import dev.coffey.fleet.FleetEvent;
import dev.coffey.fleet.FleetEvent.Reported;
import dev.coffey.fleet.Order;
import dev.coffey.lifecycle.Effect;
import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.LaunchFailure;
import dev.coffey.lifecycle.ProbeOutcome;
import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.ServiceEvent.Emptied;
import dev.coffey.lifecycle.ServiceEvent.Ended;
import dev.coffey.lifecycle.ServiceEvent.LaunchFailed;
import dev.coffey.lifecycle.ServiceEvent.Launched;
import dev.coffey.lifecycle.ServiceEvent.News;
import dev.coffey.lifecycle.ServiceEvent.ProbeReported;
import dev.coffey.lifecycle.ServiceEvent.RefusedToDie;
import dev.coffey.lifecycle.ServiceEvent.ReloadBegan;
import dev.coffey.lifecycle.ServiceEvent.ReloadEnded;
import dev.coffey.lifecycle.ServiceEvent.StopCommandEnded;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import dev.coffey.spec.StartSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Processes that crash, hang, ignore TERM, leave children behind, survive KILL and lie to probes,
/// and a loop that comes late, all by one seed.
final class SimulatedWorld implements World, Clock {
  /// The longest that a launch takes.
  static final Duration LAUNCH_MAX = Duration.ofSeconds(5);

  /// The longest that the loop oversleeps.
  static final Duration LATE_MAX = Duration.ofSeconds(4);

  private final SplittableRandom random;
  private final Mischief mischief;
  private final PriorityQueue<Happening> agenda = new PriorityQueue<>();
  private final Map<RunId, Tree> processes = new TreeMap<>();
  private Instant now = Instant.EPOCH;
  private long order;
  private boolean kind;
  private Duration wallAhead = Duration.ZERO;

  /// Something that will be reported at a moment.
  record Happening(Instant at, long order, Runnable deed) implements Comparable<Happening> {
    @Override
    public int compareTo(Happening other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  /// One simulated process tree.
  private static final class Tree {
    final RunId run;
    final Teller teller;
    boolean mainAlive = true;
    boolean leftovers;
    boolean watched;
    boolean immortal;
    boolean neverReady;

    Tree(RunId run, Teller teller) {
      this.run = run;
      this.teller = teller;
    }

    boolean alive() {
      return mainAlive || leftovers;
    }
  }

  record Teller(ServiceName service, Consumer<FleetEvent> answers) {
    void tell(News news) {
      answers.accept(new Reported(service, news));
    }
  }

  SimulatedWorld(SplittableRandom random, Mischief mischief) {
    this.random = random;
    this.mischief = mischief;
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Instant wall(Instant moment) {
    return moment.plus(wallAhead);
  }

  /// Somebody sets the wall clock, by up to two hours, back or forward.
  void setWallClock() {
    if (!kind && mischief.allowed()) {
      wallAhead = wallAhead.plusSeconds(random.nextInt(-7200, 7200));
    }
  }

  /// When the wall clock will show this, if nobody sets it.
  Instant whenWallShows(Instant wall) {
    return wall.minus(wallAhead);
  }

  @Override
  public void perform(Order order, Consumer<FleetEvent> answers) {
    Teller teller = new Teller(order.service(), answers);
    switch (order.effect()) {
      case Effect.Launch(RunId run, ServiceSpec spec, _) -> launch(run, spec, teller);
      case Effect.Terminate(RunId run, _) -> whereKnown(run, this::terminate);
      case Effect.StopCommand(RunId run, _, _) -> whereKnown(run, this::ask);
      case Effect.Kill(RunId run) -> whereKnown(run, this::kill);
      case Effect.Sweep(RunId run) -> whereKnown(run, this::sweep);
      case Effect.Probe probe -> probe(probe, teller);
      case Effect.Signal _, Effect.CancelProbes _ -> {}
    }
  }

  private void whereKnown(RunId run, Consumer<Tree> deed) {
    Tree tree = processes.get(run);
    if (tree != null) {
      deed.accept(tree);
    }
  }

  /// From now on nothing goes wrong any more, and what would not die dies.
  void calmDown() {
    kind = true;
    processes.values().stream().filter(tree -> tree.immortal).toList().forEach(this::giveIn);
  }

  private boolean goesWrong(int inThousand) {
    return !kind && mischief.strikes(inThousand);
  }

  private void launch(RunId run, ServiceSpec spec, Teller teller) {
    Duration takes = goesWrong(50) ? millis((int) LAUNCH_MAX.toMillis()) : millis(20);
    if (goesWrong(40)) {
      LaunchFailure failure = new LaunchFailure("exec", "cannot exec", random.nextBoolean());
      in(takes, () -> teller.tell(new LaunchFailed(run, failure)));
      return;
    }
    boolean oneshot = spec.start().kind() == StartSpec.Kind.ONESHOT;
    boolean crashes = goesWrong(oneshot ? 500 : 600);
    boolean neverReady = goesWrong(60);
    in(
        takes,
        () -> {
          Tree tree = new Tree(run, teller);
          tree.neverReady = neverReady;
          processes.put(run, tree);
          teller.tell(new Launched(run, (int) run.value() + 1000));
          if (oneshot || crashes) {
            ExitStatus status = crashes ? crash() : new ExitStatus.Exited(0);
            in(millis(oneshot ? 10_000 : 40_000), () -> end(tree, status));
          }
          if (goesWrong(200)) {
            in(millis(30_000), () -> reload(tree));
          }
        });
  }

  /// It says that it takes in its configuration anew, and perhaps never that it has.
  private void reload(Tree tree) {
    if (tree.mainAlive) {
      tree.teller.tell(new ReloadBegan(tree.run));
      if (!goesWrong(300)) {
        in(millis(40_000), () -> tree.teller.tell(new ReloadEnded(tree.run)));
      }
    }
  }

  private ExitStatus crash() {
    return random.nextBoolean()
        ? new ExitStatus.Exited(random.nextInt(3))
        : new ExitStatus.Signaled(11, "SEGV", true);
  }

  private void end(Tree tree, ExitStatus status) {
    if (tree.mainAlive && !tree.immortal) {
      tree.mainAlive = false;
      tree.leftovers = goesWrong(200);
      tree.teller.tell(new Ended(tree.run, status));
    }
  }

  private void terminate(Tree tree) {
    if (!goesWrong(150)) {
      in(millis(3_000), () -> end(tree, new ExitStatus.Signaled(15, "TERM", false)));
    }
  }

  /// A command that ends the process, fails, or hangs until it is told to end.
  private void ask(Tree tree) {
    if (goesWrong(100)) {
      return;
    }
    boolean good = !goesWrong(300);
    if (good) {
      terminate(tree);
    }
    in(millis(6_000), () -> tree.teller.tell(new StopCommandEnded(tree.run, good)));
  }

  private void kill(Tree tree) {
    tree.watched = true;
    if (goesWrong(50)) {
      tree.immortal = true;
      in(
          Duration.ofSeconds(5),
          () -> {
            if (tree.immortal) {
              tree.teller.tell(new RefusedToDie(tree.run, 1));
            }
          });
      in(millis(120_000), () -> giveIn(tree));
    } else {
      in(millis(20), () -> giveIn(tree));
    }
  }

  private void giveIn(Tree tree) {
    tree.immortal = false;
    if (tree.mainAlive) {
      end(tree, new ExitStatus.Signaled(9, "KILL", false));
    }
    tree.leftovers = false;
    emptied(tree);
  }

  private void sweep(Tree tree) {
    tree.watched = true;
    in(millis(5), () -> emptied(tree));
    if (!goesWrong(500)) {
      in(
          millis(3_000),
          () -> {
            tree.leftovers &= tree.immortal;
            emptied(tree);
          });
    }
  }

  private void emptied(Tree tree) {
    if (tree.watched && !tree.alive() && processes.remove(tree.run, tree)) {
      tree.teller.tell(new Emptied(tree.run));
    }
  }

  /// A probe may say what is not so, late, and twice.
  private void probe(Effect.Probe probe, Teller teller) {
    @Nullable Tree tree = processes.get(probe.run());
    boolean hangs = !kind && tree != null && tree.neverReady;
    boolean good = !hangs && !goesWrong(300);
    News answer =
        new ProbeReported(probe.run(), probe.kind(), new ProbeOutcome(good, "", Duration.ZERO));
    in(goesWrong(50) ? millis(30_000) : millis(200), () -> teller.tell(answer));
    if (goesWrong(20)) {
      in(millis(2_000), () -> teller.tell(answer));
    }
  }

  private Duration millis(int below) {
    return Duration.ofMillis(random.nextInt(below));
  }

  private void in(Duration delay, Runnable deed) {
    agenda.add(new Happening(now.plus(delay), order++, deed));
  }

  Optional<Instant> nextHappening() {
    @Nullable Happening next = agenda.peek();
    return next == null ? Optional.empty() : Optional.of(next.at());
  }

  void happen() {
    Happening next = agenda.remove();
    now = next.at().isAfter(now) ? next.at() : now;
    next.deed().run();
  }

  /// Wakes at a moment.
  void wakeAt(Instant moment) {
    now = moment.isAfter(now) ? moment : now;
  }

  /// Sleeps until a moment, or oversleeps.
  void sleepTo(Instant moment) {
    wakeAt(goesWrong(20) ? moment.plus(millis((int) LATE_MAX.toMillis())) : moment);
  }

  /// Which service each run belongs to of which something lives.
  Map<RunId, ServiceName> living() {
    Map<RunId, ServiceName> living = new TreeMap<>();
    processes.forEach((run, tree) -> {
      if (tree.alive()) {
        living.put(run, tree.teller.service());
      }
    });
    return living;
  }

  /// Whether all that lives could not be killed.
  boolean emptyButForImmortals() {
    return processes.values().stream().noneMatch(tree -> tree.alive() && !tree.immortal);
  }
}

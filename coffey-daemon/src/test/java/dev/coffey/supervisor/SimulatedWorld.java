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
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import dev.coffey.spec.StartSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Processes that crash, hang, ignore TERM, leave children behind and lie to probes, all by one
/// seed.
final class SimulatedWorld implements World, Clock {
  private final SplittableRandom random;
  private final PriorityQueue<Happening> agenda = new PriorityQueue<>();
  private final Map<RunId, Tree> processes = new HashMap<>();
  private Instant now = Instant.EPOCH;
  private long order;
  boolean kind;

  /// Something that will be reported at a moment.
  record Happening(Instant at, long order, Runnable deed) implements Comparable<Happening> {
    @Override
    public int compareTo(Happening other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  /// One simulated process tree.
  static final class Tree {
    final ServiceName service;
    boolean mainAlive = true;
    boolean leftovers;
    boolean sweeping;

    Tree(ServiceName service) {
      this.service = service;
    }

    boolean alive() {
      return mainAlive || leftovers;
    }
  }

  SimulatedWorld(SplittableRandom random) {
    this.random = random;
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Instant wall(Instant moment) {
    return moment;
  }

  @Override
  public void perform(Order order, Consumer<FleetEvent> answers) {
    Teller teller = new Teller(order.service(), answers);
    switch (order.effect()) {
      case Effect.Launch(RunId run, ServiceSpec spec, _) -> launch(run, spec, teller);
      case Effect.Terminate(RunId run, _) -> terminate(run, teller);
      case Effect.Kill(RunId run) -> kill(run, teller);
      case Effect.Sweep(RunId run) -> sweep(run, teller);
      case Effect.Probe probe -> probe(probe, teller);
      case Effect.Signal _, Effect.CancelProbes _ -> {}
    }
  }

  private record Teller(ServiceName service, Consumer<FleetEvent> answers) {
    void tell(News news) {
      answers.accept(new Reported(service, news));
    }
  }

  private void launch(RunId run, ServiceSpec spec, Teller teller) {
    boolean fails = !kind && random.nextInt(100) < 4;
    in(
        millis(20),
        () -> {
          if (fails) {
            boolean retryable = random.nextBoolean();
            teller.tell(new LaunchFailed(run, new LaunchFailure("exec", "cannot exec", retryable)));
            return;
          }
          Tree process = new Tree(teller.service());
          processes.put(run, process);
          teller.tell(new Launched(run, (int) run.value() + 1000));
          if (spec.start().kind() == StartSpec.Kind.ONESHOT) {
            ExitStatus status = kind ? new ExitStatus.Exited(0) : crash();
            in(millis(10_000), () -> end(run, status, teller));
          } else if (!kind && random.nextInt(100) < 60) {
            in(millis(40_000), () -> end(run, crash(), teller));
          }
        });
  }

  private ExitStatus crash() {
    return random.nextBoolean()
        ? new ExitStatus.Exited(random.nextInt(3))
        : new ExitStatus.Signaled(11, "SEGV", true);
  }

  private void end(RunId run, ExitStatus status, Teller teller) {
    Tree process = processes.get(run);
    if (process == null || !process.mainAlive) {
      return;
    }
    process.mainAlive = false;
    process.leftovers = !kind && random.nextInt(100) < 20;
    teller.tell(new Ended(run, status));
  }

  private void terminate(RunId run, Teller teller) {
    if (kind || random.nextInt(100) < 85) {
      in(millis(3_000), () -> end(run, new ExitStatus.Signaled(15, "TERM", false), teller));
    }
  }

  private void kill(RunId run, Teller teller) {
    in(
        millis(20),
        () -> {
          end(run, new ExitStatus.Signaled(9, "KILL", false), teller);
          clear(run, teller);
        });
  }

  private void clear(RunId run, Teller teller) {
    Tree process = processes.get(run);
    if (process != null && !process.mainAlive) {
      process.leftovers = false;
      emptied(run, process, teller);
    }
  }

  private void sweep(RunId run, Teller teller) {
    Tree process = processes.get(run);
    if (process != null) {
      process.sweeping = true;
      in(millis(5), () -> emptied(run, process, teller));
      if (kind || random.nextInt(100) < 50) {
        in(millis(3_000), () -> clear(run, teller));
      }
    }
  }

  private void emptied(RunId run, Tree process, Teller teller) {
    if (process.sweeping && !process.alive() && processes.remove(run) != null) {
      teller.tell(new Emptied(run));
    }
  }

  private void probe(Effect.Probe probe, Teller teller) {
    boolean good = kind || random.nextInt(100) < 70;
    in(
        millis(200),
        () ->
            teller.tell(
                new ProbeReported(
                    probe.run(), probe.kind(), new ProbeOutcome(good, "", Duration.ZERO))));
  }

  private Duration millis(int below) {
    return Duration.ofMillis(random.nextInt(below));
  }

  void in(Duration delay, Runnable deed) {
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

  void passTo(Instant moment) {
    now = moment.isAfter(now) ? moment : now;
  }

  long living(ServiceName service) {
    return processes.values().stream()
        .filter(process -> process.service.equals(service) && process.alive())
        .count();
  }

  boolean empty() {
    return processes.values().stream().noneMatch(Tree::alive);
  }
}

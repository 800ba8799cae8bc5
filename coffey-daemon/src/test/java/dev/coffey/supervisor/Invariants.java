package dev.coffey.supervisor;

import static dev.coffey.supervisor.Violation.require;

import dev.coffey.fleet.Command;
import dev.coffey.fleet.Fleet;
import dev.coffey.fleet.FleetEvent;
import dev.coffey.fleet.Order;
import dev.coffey.fleet.Transition;
import dev.coffey.lifecycle.Effect;
import dev.coffey.lifecycle.Health;
import dev.coffey.lifecycle.Result;
import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceEvent;
import dev.coffey.lifecycle.ServiceState.Clearing;
import dev.coffey.lifecycle.ServiceState.Launching;
import dev.coffey.lifecycle.ServiceState.Reloading;
import dev.coffey.lifecycle.ServiceState.Running;
import dev.coffey.lifecycle.ServiceState.Starting;
import dev.coffey.lifecycle.ServiceState.Stopping;
import dev.coffey.lifecycle.StopReason;
import dev.coffey.spec.Dependency;
import dev.coffey.spec.Dependency.Reaction;
import dev.coffey.spec.Dependency.Reactions;
import dev.coffey.spec.Plan;
import dev.coffey.spec.ServiceName;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What must be true after every event, whatever the world does.
final class Invariants {
  private final SimulatedWorld world;
  private final FleetRules rules = new FleetRules();
  private final RestartBook restarts = new RestartBook();
  private final HealthBook health = new HealthBook();
  private final RolloutRules rollouts = new RolloutRules();
  private final ScheduleBook schedules = new ScheduleBook();
  private final BudgetBook budget;
  private Fleet before;
  private @Nullable FleetEvent event;
  private RunId lastRun = new RunId(1);
  private @Nullable RunId signalled;

  Invariants(Fleet fleet, SimulatedWorld world) {
    this.world = world;
    this.before = fleet;
    this.budget = new BudgetBook(fleet.plan().daemon().limits().restarts());
  }

  /// @param heard what is about to be decided; `null` when time alone has passed
  void hears(Fleet fleet, @Nullable FleetEvent heard) {
    before = fleet;
    event = heard;
    signalled = null;
    health.hears(heard);
    rollouts.hears(fleet, heard);
    schedules.hears(fleet, heard);
    if (heard instanceof FleetEvent.PlanChanged(Plan plan)) {
      rules.replanned();
      plan.services().keySet().stream()
          .filter(name -> fleet.service(name).isEmpty())
          .forEach(restarts::forget);
    }
  }

  /// After the decision.
  void hold(Fleet fleet) {
    rules.hold(fleet, world.living(), world.now());
    rollouts.hold(before, fleet);
    reloaded(fleet);
    schedules.hold(fleet);
    if (event instanceof FleetEvent.Reported(var name, ServiceEvent.StopCommandEnded(var run, _))) {
      fleet.service(name).ifPresent(service -> commandEnded(service, run));
    }
    if (event instanceof FleetEvent.PlanChanged) {
      new ReloadRules(before, fleet).hold();
    } else if (event instanceof FleetEvent.Commanded(Command command)) {
      new CommandRules(before, fleet).heard(command);
    }
  }

  /// A launch only when nothing of the service lives and its requirements hold; a stop only when
  /// nobody who ends too still needs it.
  void ordered(Order order, Fleet fleet) {
    @Nullable Service service = fleet.service(order.service()).orElse(null);
    if (service == null) {
      return;
    }
    switch (order.effect()) {
      case Effect.Launch launch -> launched(launch, service, fleet);
      case Effect.Terminate terminate -> {
        signalled = terminate.run();
        if (!byCommand(service) && !remembered(service)) {
          terminated(service, fleet);
        }
      }
      case Effect.StopCommand _ -> {
        if (!remembered(service)) {
          terminated(service, fleet);
        }
      }
      default -> {}
    }
  }

  private void launched(Effect.Launch launch, Service service, Fleet fleet) {
    ServiceName name = service.name();
    require(
        !world.living().containsValue(name),
        "there are never two incarnations",
        launch.run(),
        name);
    require(launch.run().compareTo(lastRun) >= 0, "no run id is used twice", launch.run(), name);
    lastRun = launch.run().next();
    require(Reference.wanted(fleet, service), "only what is wanted is launched", "", name);
    require(!service.paused(), "what is paused is not launched", "", name);
    require(
        launch.spec().equals(fleet.plan().services().get(name)),
        "a launch is by the plan in force",
        "",
        name);
    long onTheWay = fleet.services().stream().filter(Reference::onTheWay).count();
    require(
        onTheWay <= fleet.plan().daemon().limits().startParallelism(),
        "no more are on the way than there are slots",
        onTheWay,
        name);
    for (Dependency edge : service.spec().relations().dependsOn()) {
      require(
          edge.optional()
              || Reference.holds(fleet, fleet.service(edge.on()).orElseThrow(), edge.condition()),
          "a launch only when its requirements hold",
          edge,
          name,
          edge.on());
    }
  }

  private static void leftAlone(Service service, Fleet fleet) {
    boolean byTimeOrProbe =
        service.state() instanceof Stopping stopping
            && switch (stopping.reason()) {
              case PROBE, START_TIMEOUT, RUNTIME_MAX -> true;
              case UNWANTED, RESTART, DEPENDENCY -> false;
            };
    require(
        !(service.paused() && byTimeOrProbe && Reference.wanted(fleet, service)),
        "what is paused is left alone by time and probes",
        service.state(),
        service.name());
  }

  /// A signal that follows a command is no stop that begins.
  private boolean byCommand(Service service) {
    return event instanceof FleetEvent.Reported(var name, ServiceEvent.StopCommandEnded _)
        && name.equals(service.name());
  }

  /// What a command could not do, the signal does.
  private void commandEnded(Service service, RunId run) {
    boolean failed =
        event instanceof FleetEvent.Reported(_, ServiceEvent.StopCommandEnded(_, boolean good))
            && !good;
    if (failed && service.state() instanceof Stopping stopping && stopping.run().id().equals(run)) {
      require(
          stopping.killed() || run.equals(signalled),
          "the signal follows a stop command that failed",
          stopping,
          service.name());
    }
  }

  /// Nor is one that was granted while the launch was under way.
  private boolean remembered(Service service) {
    return before
        .service(service.name())
        .filter(was -> was.state() instanceof Launching(_, _, var stop) && stop != null)
        .isPresent();
  }

  private void terminated(Service stopped, Fleet fleet) {
    leftAlone(stopped, fleet);
    boolean hasGrace =
        stopped.state() instanceof Stopping stopping && stopping.killAt().isAfter(world.now());
    if (hasGrace) {
      for (Service other : fleet.services()) {
        boolean holdsUp =
            Reference.requires(other, stopped.name())
                && Reference.lives(other)
                && (Reference.endsNow(fleet, other) || Reference.ending(other));
        require(
            !holdsUp,
            "a stop only when no dependent that ends too needs it",
            other.state(),
            stopped.name(),
            other.name());
      }
    }
  }

  void happened(Transition transition, Fleet fleet) {
    boolean commanded = event instanceof FleetEvent.Commanded;
    Service was = transition.before();
    Service is = transition.after();
    require(
        !reloads()
            || before.rollingOut()
            || Words.of(transition).isEmpty()
            || (event instanceof FleetEvent.Reported(var name, _) && name.equals(is.name())),
        "a reload is nobody else's business",
        is.state(),
        is.name());
    require(
        was.wish().up() || !is.wish().up() || commanded || event instanceof FleetEvent.PlanChanged,
        "what an operator stopped stays stopped",
        is.wish(),
        is.name());
    require(
        Reference.ready(was) || !Reference.ready(is) || mayBeReady(is),
        "only a good answer makes ready whoever has a probe for it",
        is.state(),
        is.name());
    // A rolling restart is a command whose turns come later; other words are as good as a command.
    boolean otherWords =
        event instanceof FleetEvent.PlanChanged && ReloadRules.isTriedWith(is.spec(), was);
    boolean forgiven = commanded || before.rollingOut() || otherWords;
    restarts.happened(transition, world.now(), forgiven);
    health.happened(transition, event instanceof FleetEvent.PlanChanged);
    schedules.happened(transition);
    budget.happened(transition, world.now(), event == null && !before.rollingOut());
    if (crashed(was, is)) {
      follow(before, fleet, is, Reactions::crash);
    } else if (begins(was, is, StopReason.RESTART) || begins(was, is, StopReason.DEPENDENCY)) {
      follow(before, fleet, is, Reactions::restart);
    } else if (is.health() == Health.UNHEALTHY && was.health() != Health.UNHEALTHY) {
      follow(before, fleet, is, Reactions::unhealthy);
    }
    if (is.state() instanceof Running running && !Reference.ready(was)) {
      back(fleet, is, running.run().id());
    }
  }

  private boolean reloads() {
    return event instanceof FleetEvent.Reported(_, ServiceEvent.ReloadBegan _)
        || event instanceof FleetEvent.Reported(_, ServiceEvent.ReloadEnded _);
  }

  /// Who says that he takes in his configuration anew, or has, is believed at once.
  private void reloaded(Fleet fleet) {
    if (event instanceof FleetEvent.Reported(var name, ServiceEvent.ReloadBegan(var run))) {
      fleet
          .service(name)
          .filter(it -> it.state() instanceof Running running && running.run().id().equals(run))
          .ifPresent(it -> {
            throw new Violation("a reload that has begun is shown", it.state().toString(), name);
          });
    }
    if (event instanceof FleetEvent.Reported(var name, ServiceEvent.ReloadEnded(var run))) {
      fleet
          .service(name)
          .filter(it -> it.state() instanceof Reloading)
          .filter(it -> it.state().currentRun().filter(run::equals).isPresent())
          .ifPresent(it -> {
            throw new Violation("a reload that is over is over", it.state().toString(), name);
          });
    }
  }

  private boolean mayBeReady(Service is) {
    return (is.spec().health().startup() == null && is.spec().health().readiness() == null)
        || (event instanceof FleetEvent.Reported(_, ServiceEvent.ProbeReported(_, _, var outcome))
            && outcome.good());
  }

  private static boolean crashed(Service was, Service is) {
    boolean unasked =
        is.state() instanceof Clearing clearing
            && clearing.departure().asked() == null
            && (Reference.ready(was) || was.state() instanceof Starting);
    return unasked || begins(was, is, StopReason.PROBE);
  }

  static boolean begins(Service was, Service is, StopReason reason) {
    return is.wish().endRun() == reason && was.wish().endRun() != reason;
  }

  /// Those whose edge says `restart`, and that ran before it did, run anew.
  private static void back(Fleet fleet, Service back, RunId run) {
    @Nullable Result last = back.last();
    if (last == null) {
      return;
    }
    for (Service other : fleet.services()) {
      boolean older = other.state().currentRun().filter(its -> its.compareTo(run) < 0).isPresent();
      for (Dependency edge : other.spec().relations().dependsOn()) {
        Reactions on = edge.reactions();
        boolean follows =
            edge.on().equals(back.name())
                && (last.succeeded() ? on.restart() : on.crash()) == Reaction.RESTART;
        require(
            !follows
                || !older
                || other.paused()
                || !Reference.lives(other)
                || Reference.mustEnd(fleet, other)
                || Reference.ending(other),
            "who restarts with another does so when it is back",
            other.state(),
            other.name(),
            back.name());
      }
    }
  }

  /// Those whose edge says `stop` end too; not whoever has begun only afterwards, which an optional
  /// edge allows.
  static void follow(Fleet before, Fleet fleet, Service left, Function<Reactions, Reaction> which) {
    for (Service other : fleet.services()) {
      for (Dependency edge : other.spec().relations().dependsOn()) {
        if (edge.on().equals(left.name()) && which.apply(edge.reactions()) == Reaction.STOP) {
          require(
              other.paused()
                  || !Reference.lives(other)
                  || begun(before, other)
                  || Reference.mustEnd(fleet, other)
                  || Reference.ending(other),
              "dependents follow as their edge says",
              other.state(),
              other.name(),
              left.name());
        }
      }
    }
  }

  private static boolean begun(Fleet before, Service service) {
    return before
        .service(service.name())
        .filter(was -> was.state().currentRun().equals(service.state().currentRun()))
        .isEmpty();
  }
}

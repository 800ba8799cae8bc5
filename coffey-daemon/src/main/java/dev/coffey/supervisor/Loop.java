package dev.coffey.supervisor;

import dev.coffey.fleet.Decision;
import dev.coffey.fleet.Fleet;
import dev.coffey.fleet.FleetEvent;
import dev.coffey.fleet.FleetEvent.Reported;
import dev.coffey.fleet.FleetMachine;
import dev.coffey.fleet.Order;
import dev.coffey.fleet.Reply;
import dev.coffey.fleet.ServiceView;
import dev.coffey.fleet.Transition;
import dev.coffey.lifecycle.Effect;
import dev.coffey.lifecycle.LaunchFailure;
import dev.coffey.lifecycle.Moment;
import dev.coffey.lifecycle.ProbeOutcome;
import dev.coffey.lifecycle.ServiceEvent;
import dev.coffey.lifecycle.ServiceEvent.News;
import dev.coffey.spec.ServiceName;
import dev.coffey.supervisor.Inbox.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The loop itself. Everything in here runs on its one thread, or on the one thread of a
/// simulation.
final class Loop {
  private static final System.Logger LOG = System.getLogger("coffey.supervisor");

  private final Inbox inbox;
  private final Ports ports;
  private final Operations operations;
  private Fleet fleet;
  private long revision;

  /// What the loop stands on, and whom it tells.
  record Ports(
      World world,
      Clock clock,
      RandomGenerator chance,
      TransitionListener listener,
      Consumer<Snapshot> publish) {}

  Loop(Fleet fleet, Inbox inbox, Operations operations, Ports ports) {
    this.fleet = fleet;
    this.inbox = inbox;
    this.operations = operations;
    this.ports = ports;
  }

  boolean over() {
    return fleet.over();
  }

  /// How long until time alone changes something.
  Duration patience() {
    Instant deadline = fleet.deadline();
    return deadline.equals(Instant.MAX)
        ? Duration.ofDays(1)
        : Duration.between(ports.clock().now(), deadline);
  }

  /// Hears one message, or, where there is none, that time has passed.
  void turn(@Nullable Message message) {
    FleetEvent event = message == null ? new FleetEvent.TimePassed() : message.event();
    Moment moment = new Moment(ports.clock().now(), ports.chance().nextDouble() * 2 - 1);
    Fleet before = fleet;
    Decision decision;
    try {
      decision = FleetMachine.decide(before, event, moment);
    } catch (RuntimeException | AssertionError e) {
      // By its kind alone: a plan holds environments, and what is in those is not for the log.
      LOG.log(
          System.Logger.Level.ERROR,
          "cannot decide on %s".formatted(event.getClass().getSimpleName()),
          e);
      if (message != null && message.answer() != null) {
        message.answer().completeExceptionally(e);
      }
      return;
    }
    fleet = decision.fleet();
    revision++;
    Snapshot snapshot = new Snapshot(fleet, revision);
    ports.publish().accept(snapshot);
    answer(message, decision, before, moment.now());
    tell(decision, before, snapshot, moment.now());
    decision.orders().forEach(this::perform);
  }

  private void answer(@Nullable Message message, Decision decision, Fleet before, Instant now) {
    if (message == null || message.answer() == null) {
      return;
    }
    if (message.event() instanceof FleetEvent.PlanChanged) {
      Operation operation = operations.beginReload(before, fleet, now);
      fleet.services().forEach(service -> operations.observe(ServiceView.of(fleet, service), now));
      message.answer().complete(new Submission.Begun(operation));
      return;
    }
    switch (decision.reply()) {
      case Reply.Refused refused -> message.answer().complete(new Submission.Declined(refused));
      case Reply.Accepted accepted when message.event() instanceof FleetEvent.Commanded asked -> {
        Operation operation = operations.begin(asked.command(), accepted, before, now);
        for (ServiceName name : accepted.services()) {
          ServiceView.of(fleet, name).ifPresent(view -> operations.observe(view, now));
        }
        message.answer().complete(new Submission.Begun(operation));
      }
      case Reply.Accepted _ -> throw new AssertionError("accepted without a command");
      case null -> {}
    }
  }

  private void tell(Decision decision, Fleet before, Snapshot snapshot, Instant now) {
    for (Transition transition : decision.transitions()) {
      contained(
          () -> operations.observe(ServiceView.of(fleet, transition.after()), now),
          "tell an operation of a transition");
      contained(() -> ports.listener().happened(transition, snapshot), "tell of a transition");
    }
    if (before.rollingOut() && !fleet.rollingOut()) {
      contained(() -> operations.rolledOut(fleet, now), "tell operations of a rollout's end");
    }
    if (before.phase() != fleet.phase() || before.hurried() != fleet.hurried()) {
      contained(() -> ports.listener().phaseChanged(snapshot), "tell of a new phase");
    }
  }

  /// An order that cannot even be given is answered by the event that says so.
  private void perform(Order order) {
    Consumer<FleetEvent> answers = event -> inbox.post(new Message(event, null));
    try {
      ports.world().perform(order, answers);
    } catch (RuntimeException | AssertionError e) {
      String kind = order.effect().getClass().getSimpleName();
      String what = "cannot perform %s for '%s'".formatted(kind, order.service());
      LOG.log(System.Logger.Level.ERROR, what, e);
      failed(order.effect(), "cannot perform: " + e)
          .ifPresent(news -> answers.accept(new Reported(order.service(), news)));
    }
  }

  /// What a service must hear of an order that was not carried out; a signal that was not sent is
  /// followed by its deadline in any case.
  private static Optional<News> failed(Effect effect, String message) {
    return Optional.ofNullable(
        switch (effect) {
          case Effect.Launch launch ->
              new ServiceEvent.LaunchFailed(
                  launch.run(), new LaunchFailure("launch", message, false));
          case Effect.Probe probe ->
              new ServiceEvent.ProbeReported(
                  probe.run(), probe.kind(), new ProbeOutcome(false, message, Duration.ZERO));
          case Effect.Kill(var run) -> new ServiceEvent.RefusedToDie(run, 1);
          case Effect.StopCommand stop -> new ServiceEvent.StopCommandEnded(stop.run(), false);
          case Effect.Terminate _, Effect.Signal _, Effect.Sweep _, Effect.CancelProbes _ -> null;
        });
  }

  /// A fault in what is told or performed ends neither the loop nor another part.
  private static void contained(Runnable deed, String what) {
    try {
      deed.run();
    } catch (RuntimeException | AssertionError e) {
      LOG.log(System.Logger.Level.ERROR, "cannot %s".formatted(what), e);
    }
  }
}

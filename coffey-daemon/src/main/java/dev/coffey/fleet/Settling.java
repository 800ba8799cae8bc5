package dev.coffey.fleet;

import static dev.coffey.lifecycle.ServiceState.NEVER;

import dev.coffey.fleet.Fleet.Course;
import dev.coffey.lifecycle.Effect;
import dev.coffey.lifecycle.Lifecycle;
import dev.coffey.lifecycle.Moment;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceEvent;
import dev.coffey.lifecycle.ServiceState.BackingOff;
import dev.coffey.lifecycle.ServiceState.Blocker;
import dev.coffey.lifecycle.ServiceState.Clearing;
import dev.coffey.lifecycle.ServiceState.Completed;
import dev.coffey.lifecycle.ServiceState.Down;
import dev.coffey.lifecycle.ServiceState.Failed;
import dev.coffey.lifecycle.ServiceState.Launching;
import dev.coffey.lifecycle.ServiceState.Queued;
import dev.coffey.lifecycle.ServiceState.Reloading;
import dev.coffey.lifecycle.ServiceState.Running;
import dev.coffey.lifecycle.ServiceState.Starting;
import dev.coffey.lifecycle.ServiceState.StopFailed;
import dev.coffey.lifecycle.ServiceState.Stopping;
import dev.coffey.lifecycle.Step;
import dev.coffey.lifecycle.StopReason;
import dev.coffey.spec.Plan;
import dev.coffey.spec.ServiceSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// One decision in the making: changes are put in, and [#settle] moves what they set free until
/// nothing moves. It looks only at the services that a change can have touched, and it is the one
/// door through which a launch or a stop is granted.
final class Settling {
  private final Fleet before;
  private final Links links;
  private final Moment moment;
  private Roster roster;
  private Bucket bucket;
  private Course course;
  private int examined;
  private final LinkedHashSet<Integer> open = new LinkedHashSet<>();
  private final List<Order> orders = new ArrayList<>();
  private final Map<Integer, Service> originals = new LinkedHashMap<>();
  private final BitSet crashLoops = new BitSet();

  Settling(Fleet fleet, Moment moment) {
    this.before = fleet;
    this.links = fleet.links();
    this.moment = moment;
    this.roster = fleet.roster();
    this.bucket = fleet.bucket();
    this.course = fleet.course();
  }

  Service at(int index) {
    return roster.at(index);
  }

  Course course() {
    return course;
  }

  void steer(Course changed) {
    course = changed;
  }

  Instant now() {
    return moment.now();
  }

  Links links() {
    return links;
  }

  void order(int index, Effect effect) {
    orders.add(new Order(links.name(index), effect));
  }

  void look(int index) {
    open.add(index);
  }

  /// Tells one service an event.
  void tell(int index, ServiceEvent event) {
    take(index, Lifecycle.step(roster.at(index), event, moment));
  }

  /// Ends a service's pause, where there is one.
  void resume(int index) {
    take(index, Lifecycle.resumed(roster.at(index), moment.now()));
  }

  /// A service that is wanted again; what a probe has found of it while it was not counts now.
  void reclaim(int index) {
    take(index, Lifecycle.reclaimed(roster.at(index)));
  }

  private void take(int index, Step step) {
    step.effects().forEach(effect -> order(index, effect));
    if (step.crashLoop()) {
      crashLoops.set(index);
    }
    put(index, step.service());
    if (step.fatal()) {
      Shutdown.begin(this, before.plan(), true);
    }
  }

  /// Puts a changed service in its place, and marks whom that may concern.
  void put(int index, Service changed) {
    Service was = roster.at(index);
    Service now = course.hurried() ? Shutdown.hurried(changed, moment.now()) : changed;
    if (now.equals(was)) {
      return;
    }
    originals.putIfAbsent(index, was);
    roster = roster.with(index, now);
    look(index);
    if (!alike(was, now)) {
      Reactions.follow(this, index, was, now);
      links.needs(index).forEach(edge -> look(edge.to()));
      for (int dependent : links.neededBy(index)) {
        look(dependent);
      }
    }
  }

  /// Whether nobody else needs to know the difference.
  private static boolean alike(Service was, Service now) {
    return was.state().getClass() == now.state().getClass()
        && was.wish().equals(now.wish())
        && was.health() == now.health()
        && was.resting() == now.resting()
        && stuck(was) == stuck(now);
  }

  private static boolean stuck(Service service) {
    return service.state() instanceof Down(Blocker blocker) && blocker != null && blocker.stuck();
  }

  /// A back-off that is over still has to fit into the budget.
  void retry(int index, BackingOff state) {
    Service service = roster.at(index);
    if (service.paused()) {
      put(index, service.in(new BackingOff(NEVER, false), service.since()));
      return;
    }
    Instant granted = state.budgeted() ? moment.now() : bucket.grant(moment.now());
    if (!state.budgeted()) {
      bucket = bucket.spent(moment.now());
    }
    if (granted.isAfter(moment.now())) {
      put(index, service.in(new BackingOff(granted, true), service.since()));
    } else {
      if (service.resting()) {
        put(index, service.with(service.agenda().due(true)));
      }
      tell(index, new ServiceEvent.DeadlinePassed());
    }
  }

  /// Moves what may move, until nothing does.
  void settle() {
    boolean _ = Rollout.advance(this);
    int limit = 64 * (links.size() + 16);
    do {
      while (!open.isEmpty()) {
        int index = open.removeFirst();
        examine(index);
        examined++;
        if (examined > limit) {
          throw new AssertionError(
              "settling did not come to rest at '%s'".formatted(links.name(index)));
        }
      }
    } while (Rollout.advance(this) || grantNext());
    phases();
  }

  private void phases() {
    Digest digest = roster.digest();
    if (course.phase() == Phase.STOPPING && digest.alive() == 0) {
      course = course.in(Phase.STOPPED);
    } else if (course.phase() == Phase.STARTING
        && digest.onTheWay() == 0
        && !digest.waiting()
        && digest.firstTicket() == Digest.NO_TICKET) {
      course = course.in(Phase.RUNNING);
    }
  }

  private boolean grantNext() {
    OptionalInt first = roster.firstQueued();
    int slots = before.plan().daemon().limits().startParallelism();
    if (first.isEmpty() || roster.digest().onTheWay() >= slots) {
      return false;
    }
    int index = first.getAsInt();
    Service service = roster.at(index);
    ServiceSpec spec = before.plan().services().getOrDefault(service.name(), service.spec());
    put(index, service.specified(spec));
    tell(index, new ServiceEvent.StartGranted(course.nextRun()));
    course = course.launched();
    return true;
  }

  boolean stopping() {
    return course.phase() == Phase.STOPPING || course.phase() == Phase.STOPPED;
  }

  private void examine(int index) {
    Service service = roster.at(index);
    boolean wanted = service.wish().up() && !stopping();
    switch (service.state()) {
      case Down _, Queued _ -> rest(index, service, wanted);
      case BackingOff _ -> {
        if (!wanted) {
          put(index, service.in(new Down(null), moment.now()));
        }
      }
      case Launching(_, _, StopReason stop) -> {
        if (stop == null) {
          end(index, service, wanted);
        }
      }
      case Starting _, Running _, Reloading _ -> end(index, service, wanted);
      case Completed _, Failed _ -> {
        if (wanted && service.agenda().due()) {
          put(index, service.in(new Down(null), moment.now()));
        }
      }
      case Stopping _, Clearing _, StopFailed _ -> {}
    }
  }

  /// A service without a process: down, or in the queue.
  private void rest(int index, Service service, boolean wanted) {
    if (!wanted || service.resting()) {
      put(index, service.in(new Down(null), moment.now()));
      return;
    }
    @Nullable Blocker blocker =
        Requirements.blocker(service, links.needs(index), roster::at, stopping());
    if (blocker != null) {
      put(index, service.in(new Down(blocker), moment.now()));
    } else if (!(service.state() instanceof Queued)) {
      put(index, service.in(new Queued(course.nextTicket()), moment.now()));
      course = course.queued();
    }
  }

  Plan plan() {
    return before.plan();
  }

  /// A service with a process: ended when it must be and nobody who ends too still needs it.
  private void end(int index, Service service, boolean wanted) {
    @Nullable StopReason reason = service.wish().endRun();
    if (reason == null && !wanted) {
      reason = StopReason.UNWANTED;
    }
    boolean leftAlone = service.paused() && wanted;
    if (reason != null && !leftAlone && (course.hurried() || !heldUp(index))) {
      tell(index, new ServiceEvent.StopGranted(reason));
    }
  }

  private boolean heldUp(int index) {
    return Requirements.holder(links.neededBy(index), roster::at, stopping()) != null;
  }

  Decision decision(@Nullable Reply reply) {
    List<Transition> transitions = new ArrayList<>(originals.size());
    originals.forEach((index, was) -> {
      if (!was.equals(roster.at(index))) {
        transitions.add(new Transition(was, roster.at(index), crashLoops.get(index)));
      }
    });
    Fleet after =
        Replanning.withoutRetired(new Fleet(before.plan(), links, roster, bucket, course));
    return new Decision(after, orders, transitions, reply, examined);
  }
}

package dev.coffey;

import static java.util.Map.entry;

import dev.coffey.access.Access;
import dev.coffey.control.ConfigSource;
import dev.coffey.control.ControlSocket;
import dev.coffey.control.DaemonIdentity;
import dev.coffey.events.Events;
import dev.coffey.fleet.Fleet;
import dev.coffey.fleet.FleetEvent;
import dev.coffey.fleet.Transition;
import dev.coffey.lifecycle.Effect;
import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.Service;
import dev.coffey.logs.Logs;
import dev.coffey.logs.own.OwnLog;
import dev.coffey.logs.segments.FileDisk;
import dev.coffey.process.Mark;
import dev.coffey.process.linux.Libc;
import dev.coffey.schedule.Scheduler;
import dev.coffey.spec.DaemonSpec.Directories;
import dev.coffey.spec.Plan;
import dev.coffey.spec.ScheduleSpec;
import dev.coffey.supervisor.Clock;
import dev.coffey.supervisor.Ground;
import dev.coffey.supervisor.Herald;
import dev.coffey.supervisor.Performer;
import dev.coffey.supervisor.Subscription;
import dev.coffey.supervisor.Supervisor;
import dev.coffey.supervisor.World;
import dev.coffey.usage.Sampler;
import dev.coffey.usage.Usages;
import dev.coffey.wishes.Wishes;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Everything below the faces, put together: it supervises from [#begin] to [#close], whether or
/// not anybody can look in.
final class House implements AutoCloseable {
  private final Ownership ownership;
  private final ControlSocket socket;
  private final DaemonIdentity identity;
  private final Access access;
  private final OwnLog ownLog;
  private final Clock clock = Clock.system();
  private final Events events = new Events(Events.EVENTS_MAX, 0);
  private final Libc libc = Libc.open();
  private final Logs logs;
  private final Usages usages = new Usages(InstantSource.system());
  private final Performer performer;
  private final Wishes wishes;
  private final Supervisor supervisor;
  private final Sampler sampler;
  private final Reload reload;
  private final Scheduler scheduler;
  private @Nullable Plan scheduled;

  /// What is taken before the rooms are put together.
  private record Claims(Ownership ownership, OwnLog ownLog, ControlSocket socket) {}

  private House(Claims claims, Plan plan, Identification who) throws IOException {
    Directories directories = plan.daemon().directories();
    this.ownership = claims.ownership();
    this.ownLog = claims.ownLog();
    this.socket = claims.socket();
    this.identity = who.of(plan);
    this.access = new Access(who.host().uid());
    this.logs = Logs.open(libc, new FileDisk(), directories.logs(), InstantSource.system());
    this.logs.limitTotal(plan.daemon().logsTotalBytesMax());
    this.performer = new Performer(libc, new Mark(UUID.randomUUID().toString()), logs);
    RunNumbers numbers = RunNumbers.open(directories.state());
    this.wishes = Wishes.open(directories.state().resolve("wishes"));
    this.supervisor =
        new Supervisor(
            Fleet.of(plan, wishes.kept(), numbers.first(), clock.now()),
            numbered(performer, numbers),
            clock,
            new Herald(events, clock).and((transition, _) -> remember(transition)));
    this.sampler = new Sampler(usages, () -> mains(supervisor.snapshot().fleet()));
    this.reload = new Reload(who, supervisor, logs);
    this.scheduler =
        new Scheduler(
            directories.state().resolve("schedule"),
            InstantSource.system(),
            (service, now, next) -> supervisor.post(new FleetEvent.Scheduled(service, now, next)));
  }

  /// Takes what a daemon must have alone, and puts the rooms together.
  ///
  /// @throws IOException when something is not to be had; the message is for the operator
  static House open(Plan plan, Identification who) throws IOException {
    Ownership ownership = Ownership.claim(plan.daemon().directories());
    try {
      // The root of all loggers: the framework's come with it once it is up.
      OwnLog ownLog = OwnLog.open(plan.daemon().log(), System.err, Logger.getLogger(""));
      return open(ownership, ownLog, plan, who);
    } catch (IOException e) {
      ownership.close();
      throw e;
    }
  }

  private static House open(Ownership ownership, OwnLog ownLog, Plan plan, Identification who)
      throws IOException {
    try {
      ControlSocket socket = ControlSocket.claim(plan.daemon().control());
      return new House(new Claims(ownership, ownLog, socket), plan, who);
    } catch (IOException e) {
      ownLog.close();
      throw e;
    }
  }

  /// The main process of each run that has one.
  private static Map<RunId, Integer> mains(Fleet fleet) {
    Map<RunId, Integer> mains = new HashMap<>();
    for (Service service : fleet.services()) {
      service.state().process().ifPresent(run -> mains.put(run.id(), run.pid()));
    }
    return mains;
  }

  private static World numbered(World world, RunNumbers numbers) {
    return (order, answers) -> {
      if (order.effect() instanceof Effect.Launch launch) {
        numbers.using(launch.run());
      }
      world.perform(order, answers);
    };
  }

  /// What somebody wants from now on is wanted by the next daemon too.
  private void remember(Transition transition) {
    Service was = transition.before();
    Service is = transition.after();
    if (was.wish().up() != is.wish().up()
        || was.spec().start().enabled() != is.spec().start().enabled()) {
      wishes.stir();
    }
  }

  /// Starts the services, and listens to signals.
  void begin() {
    Subscription _ = supervisor.watch(usages::stir);
    Subscription _ = supervisor.watch(() -> performer.closeUnwanted(supervisor.snapshot().fleet()));
    wishes.follow(() -> supervisor.snapshot().fleet().wishes());
    supervisor.begin();
    sampler.begin();
    Subscription _ = supervisor.watch(this::followPlan);
    followPlan();
    listen();
  }

  /// Whoever has put another plan in force: its schedules are followed, and wishes are kept for its
  /// services. Looked at after each decision, so it must cost nothing: whether it is the same plan,
  /// not whether it is equal.
  @SuppressWarnings("ReferenceEquality")
  private synchronized void followPlan() {
    Plan plan = supervisor.snapshot().fleet().plan();
    if (plan != scheduled) {
      scheduled = plan;
      scheduler.follow(ScheduleSpec.of(plan));
      wishes.stir();
    }
  }

  /// Listens to signals; again, after somebody else has taken them over.
  void listen() {
    Runnable shutdown = () -> supervisor.post(new FleetEvent.ShutdownWanted());
    Runnable reopen =
        () -> {
          ownLog.reopen();
          logs.reopen();
        };
    OsSignals.handle(
        libc,
        Map.ofEntries(
            entry("TERM", shutdown),
            entry("INT", shutdown),
            entry("PWR", shutdown),
            entry("HUP", reload),
            entry("USR1", reopen),
            entry("USR2", new StateReport(supervisor::snapshot))));
  }

  /// Waits until all is over.
  ExitCode await() throws InterruptedException {
    supervisor.awaitEnd();
    return supervisor.snapshot().fleet().failed() ? ExitCode.FAILED : ExitCode.DONE;
  }

  ControlSocket socket() {
    return socket;
  }

  DaemonIdentity identity() {
    return identity;
  }

  OwnLog ownLog() {
    return ownLog;
  }

  Access access() {
    return access;
  }

  Clock clock() {
    return clock;
  }

  Events events() {
    return events;
  }

  Logs logs() {
    return logs;
  }

  Usages usages() {
    return usages;
  }

  Ground ground() {
    return performer;
  }

  ConfigSource configuration() {
    return reload;
  }

  Supervisor supervisor() {
    return supervisor;
  }

  /// Leaves everything as found; processes that have survived live on.
  @Override
  public void close() throws IOException {
    try (ownership;
        ownLog;
        socket;
        logs;
        performer;
        sampler;
        scheduler;
        wishes) {
      // Closed in reverse: nothing is performed any more before the logs take their leave.
    }
  }
}

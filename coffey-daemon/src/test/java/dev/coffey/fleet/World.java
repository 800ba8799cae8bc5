package dev.coffey.fleet;

import dev.coffey.lifecycle.Effect;
import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.LaunchFailure;
import dev.coffey.lifecycle.Moment;
import dev.coffey.lifecycle.ProbeKind;
import dev.coffey.lifecycle.ProbeOutcome;
import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceEvent;
import dev.coffey.lifecycle.ServiceEvent.News;
import dev.coffey.spec.DaemonSpec;
import dev.coffey.spec.Plan;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A fleet under test, told by hand what happens to it.
final class World {
  Fleet fleet;
  Instant now = Instant.EPOCH;
  final List<Order> orders = new ArrayList<>();
  List<Transition> transitions = List.of();
  int examined;

  private World(Plan plan, Map<ServiceName, Boolean> wishes) {
    fleet = Fleet.of(plan, wishes, new RunId(1), now);
  }

  static World of(ServiceSpec... specs) {
    return of(100, specs);
  }

  static World of(int slots, ServiceSpec... specs) {
    World world = new World(plan(slots, specs), Map.of());
    world.hear(new FleetEvent.Began());
    return world;
  }

  /// The next daemon, which knows what was wanted of this one.
  World successor(ServiceSpec... specs) {
    World world = new World(plan(100, specs), fleet.wishes());
    world.hear(new FleetEvent.Began());
    return world;
  }

  private static Plan plan(int slots, ServiceSpec... specs) {
    TreeMap<ServiceName, ServiceSpec> services = new TreeMap<>();
    for (ServiceSpec spec : specs) {
      services.put(spec.name(), spec);
    }
    return new Plan(daemon(slots), services);
  }

  void replan(ServiceSpec... specs) {
    hear(new FleetEvent.PlanChanged(plan(100, specs)));
  }

  private static DaemonSpec daemon(int slots) {
    Path nowhere = Path.of("/nowhere");
    return new DaemonSpec(
        new DaemonSpec.Sockets(nowhere, "", 0600),
        new DaemonSpec.Directories(nowhere, nowhere, nowhere, nowhere),
        new DaemonSpec.OwnLog("", false, "info", DaemonSpec.OwnLog.Format.TEXT),
        1L << 30,
        new DaemonSpec.Limits(Duration.ofSeconds(30), slots, new DaemonSpec.Budget(20, 100)));
  }

  @Nullable Reply hear(FleetEvent event) {
    Decision decision = FleetMachine.decide(fleet, event, new Moment(now, 0));
    fleet = decision.fleet();
    orders.addAll(decision.orders());
    transitions = decision.transitions();
    examined = decision.examined();
    return decision.reply();
  }

  Reply command(Command command) {
    Reply reply = hear(new FleetEvent.Commanded(command));
    if (reply == null) {
      throw new AssertionError("a command without a reply");
    }
    return reply;
  }

  Reply start(String... names) {
    return command(new Command.Start(names(names), true));
  }

  Reply stop(String... names) {
    return command(new Command.Stop(names(names), Command.Dependents.REFUSE));
  }

  Reply restart(String... names) {
    return command(new Command.Restart(names(names)));
  }

  static List<ServiceName> names(String... names) {
    return List.of(names).stream().map(ServiceName::new).toList();
  }

  void passes(Duration duration) {
    now = now.plus(duration);
    while (!fleet.deadline().isAfter(now)) {
      hear(new FleetEvent.TimePassed());
    }
  }

  Service service(String name) {
    return fleet.service(new ServiceName(name)).orElseThrow();
  }

  ServiceView view(String name) {
    return ServiceView.of(fleet, new ServiceName(name)).orElseThrow();
  }

  ShownState shown(String name) {
    return view(name).state();
  }

  RunId run(String name) {
    return service(name).state().currentRun().orElseThrow();
  }

  void tell(String name, News news) {
    hear(new FleetEvent.Reported(new ServiceName(name), news));
  }

  void launched(String... names) {
    for (String name : names) {
      tell(name, new ServiceEvent.Launched(run(name), 1000 + (int) run(name).value()));
    }
  }

  void launchFails(String name, boolean retryable) {
    tell(
        name,
        new ServiceEvent.LaunchFailed(
            run(name), new LaunchFailure("exec", "cannot execute '/x': no such file", retryable)));
  }

  void probed(String name, ProbeKind kind, boolean good) {
    tell(
        name,
        new ServiceEvent.ProbeReported(
            run(name), kind, new ProbeOutcome(good, "status 503", Duration.ZERO)));
  }

  void exits(String name, int code) {
    ends(name, new ExitStatus.Exited(code));
  }

  void ends(String name, ExitStatus status) {
    RunId run = run(name);
    tell(name, new ServiceEvent.Ended(run, status));
    tell(name, new ServiceEvent.Emptied(run));
  }

  /// The names of those that were ordered to be launched, in order, since this was last asked.
  List<String> launches() {
    List<String> launches = new ArrayList<>();
    for (Order order : orders) {
      if (order.effect() instanceof Effect.Launch) {
        launches.add(order.service().value());
      }
    }
    orders.clear();
    return launches;
  }

  /// The names of those that were asked to end, in order, since this was last asked.
  List<String> stops() {
    List<String> stops = new ArrayList<>();
    for (Order order : orders) {
      if (order.effect() instanceof Effect.Terminate) {
        stops.add(order.service().value());
      }
    }
    orders.clear();
    return stops;
  }
}

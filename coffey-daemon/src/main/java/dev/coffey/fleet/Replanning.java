package dev.coffey.fleet;

import dev.coffey.lifecycle.Lifecycle;
import dev.coffey.lifecycle.Result;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceState.BackingOff;
import dev.coffey.lifecycle.ServiceState.Down;
import dev.coffey.lifecycle.ServiceState.Failed;
import dev.coffey.lifecycle.StopReason;
import dev.coffey.lifecycle.Wish;
import dev.coffey.spec.Features;
import dev.coffey.spec.Plan;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Puts another plan in the place of the present one; settling does the rest.
///
/// What is unchanged is not touched. What the process itself sees of its configuration ends its
/// run, and the next one gets the new, or is tried with it at once after a failure; everything else
/// is new at once. A service that the plan has no more stays for as long as it is alive, unwanted.
final class Replanning {
  private Replanning() {}

  static Fleet replanned(Fleet fleet, Plan plan, Instant now) {
    SortedMap<ServiceName, Service> services = new TreeMap<>();
    plan.services()
        .values()
        .forEach(spec ->
            services.put(
                spec.name(),
                fleet
                    .service(spec.name())
                    .orElseGet(() -> Service.unborn(spec, spec.start().enabled(), now))));
    fleet.services().forEach(service -> services.putIfAbsent(service.name(), service));
    Bucket bucket = new Bucket(plan.daemon().limits().restarts(), fleet.bucket().fullAt());
    return assembled(fleet, plan, services, bucket);
  }

  /// Changes each service as its new spec says, like any other change: dependents follow it, and
  /// operations and listeners hear of it.
  static void apply(Settling settling, Fleet before, Plan plan) {
    for (int index = 0; index < settling.links().size(); index++) {
      Service service = settling.at(index);
      @Nullable ServiceSpec spec = plan.services().get(service.name());
      settling.put(
          index,
          spec == null
              ? service.wishing(Wish.DOWN)
              : changed(back(before, service), spec, settling.now()));
    }
  }

  /// A service that was on its way out, and is in the plan again.
  private static Service back(Fleet before, Service service) {
    boolean retired = !before.plan().services().containsKey(service.name());
    return retired && service.spec().start().enabled() ? service.wishing(Wish.UP) : service;
  }

  private static Service changed(Service service, ServiceSpec spec, Instant now) {
    ServiceSpec before = service.spec();
    if (before.equals(spec)) {
      return service;
    }
    Service planned = spec.schedule() == null ? service.with(service.agenda().next(null)) : service;
    Service wished =
        spec.start().enabled() && !before.start().enabled()
            ? planned.wishing(new Wish(true, planned.wish().endRun()))
            : planned;
    if (!service.state().alive()) {
      return afresh(wished.specified(spec), before, now);
    }
    boolean seen = before.runsOtherThan(spec);
    Service live = Lifecycle.respecified(wished, live(before, spec), now);
    boolean ends =
        seen && live.state().goesOn() && live.wish().up() && live.wish().endRun() == null;
    return ends ? live.wishing(live.wish().ending(StopReason.RESTART)) : live;
  }

  /// Who has failed with what it was given is tried at once with what it is given now.
  private static Service afresh(Service service, ServiceSpec before, Instant now) {
    boolean failed = service.state() instanceof BackingOff || service.state() instanceof Failed;
    boolean again =
        service.wish().up() && !service.paused() && before.runsOtherThan(service.spec());
    if (!failed || !again) {
      return waiting(service, before);
    }
    // Of those with a schedule, who would have been tried again is, and who had given up waits.
    Service tried = service.state() instanceof BackingOff ? service.due() : service;
    return tried.forgiven().in(new Down(null), now);
  }

  /// Who waits for the next try waits by the new back-off, from the same end on; but what the
  /// machine lacked, the restart budget put off or a pause holds is no matter of back-off.
  private static Service waiting(Service service, ServiceSpec before) {
    int attempt = service.restarts().attempt();
    boolean held = service.last() != null && service.last().kind() == Result.Kind.RESOURCES;
    if (!(service.state() instanceof BackingOff state)
        || state.budgeted()
        || held
        || attempt == 0
        || service.paused()) {
      return service;
    }
    Duration delay = service.spec().restart().backoff().delay(attempt);
    return delay.equals(before.restart().backoff().delay(attempt))
        ? service
        : service.in(new BackingOff(service.since().plus(delay), false), service.since());
  }

  /// The new spec, but for what the process that runs was given.
  private static ServiceSpec live(ServiceSpec before, ServiceSpec spec) {
    Features features = new Features(before.features().given(), spec.features().around());
    return spec.with(before.exec()).with(features).with(spec.logs().withStreamsOf(before.logs()));
  }

  /// The fleet without those that the plan has no more and that have ended.
  static Fleet withoutRetired(Fleet fleet) {
    if (fleet.links().size() == fleet.plan().services().size()) {
      return fleet;
    }
    SortedMap<ServiceName, Service> services = new TreeMap<>();
    for (Service service : fleet.services()) {
      boolean planned = fleet.plan().services().containsKey(service.name());
      if (planned || service.state().alive()) {
        services.put(service.name(), service);
      }
    }
    return services.size() == fleet.links().size()
        ? fleet
        : assembled(fleet, fleet.plan(), services, fleet.bucket());
  }

  private static Fleet assembled(
      Fleet fleet, Plan plan, SortedMap<ServiceName, Service> services, Bucket bucket) {
    SortedMap<ServiceName, ServiceSpec> specs = new TreeMap<>(plan.services());
    List<Service> roster = new ArrayList<>(services.size());
    services.forEach((name, service) -> {
      specs.putIfAbsent(name, service.spec());
      roster.add(service);
    });
    return new Fleet(plan, new Links(specs), Roster.of(roster), bucket, fleet.course());
  }
}

package dev.coffey.control;

import dev.coffey.fleet.Fleet;
import dev.coffey.fleet.ServiceView;
import dev.coffey.lifecycle.Service;
import dev.coffey.spec.Dependency;
import dev.coffey.spec.Plan;
import dev.coffey.spec.ServiceName;
import dev.coffey.supervisor.Snapshot;
import dev.coffey.supervisor.Subscription;
import dev.coffey.supervisor.Supervisor;
import dev.coffey.usage.Usages;
import dev.coffey.v1.ServiceList;
import dev.coffey.v1.Unchanged;
import dev.coffey.v1.WatchServicesResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The selected services, and then what changes: each message tells the difference between the
/// snapshot the reader has and one that is newer, so that a slow reader gets fewer and newer ones
/// and never misses where a service came to rest.
final class ServiceWatch implements Source<WatchServicesResponse> {
  static final Duration QUIET_MAX = Duration.ofSeconds(30);

  private final Supervisor supervisor;
  private final ServiceMessages messages;
  private final WallTime wall;
  private final Selection selection;
  private final Mask mask;
  private final Subscription subscription;
  private final Alarm alarm;
  private final Usages.Watch interest;
  private @Nullable Snapshot shown;
  private @Nullable Snapshot coming;
  private final Deque<ServiceName> open = new ArrayDeque<>();
  private Instant spokenAt;

  /// What a watch looks at, and through what.
  record View(Supervisor supervisor, ServiceMessages messages, WallTime wall, Usages usages) {}

  ServiceWatch(View view, Selection selection, Mask mask, Runnable wake) {
    this.supervisor = view.supervisor();
    this.messages = view.messages();
    this.wall = view.wall();
    this.selection = selection;
    this.mask = mask;
    this.subscription = supervisor.watch(wake);
    this.alarm = new Alarm(wake);
    this.interest = view.usages().watch();
    this.spokenAt = wall.now();
  }

  @Override
  public Next<WatchServicesResponse> next() {
    Next<WatchServicesResponse> next = news();
    if (next.message() != null) {
      spokenAt = wall.now();
    }
    return next;
  }

  private Next<WatchServicesResponse> news() {
    @Nullable Snapshot before = shown;
    if (before == null) {
      Snapshot first = supervisor.snapshot();
      shown = first;
      return Next.of(list(first));
    }
    while (true) {
      @Nullable Snapshot target = coming;
      if (target == null) {
        Snapshot newest = supervisor.snapshot();
        if (newest.revision() == before.revision()) {
          return quiet(newest);
        }
        coming = newest;
        target = newest;
        open.addAll(touched(before.fleet(), newest.fleet()));
      }
      Optional<WatchServicesResponse> change = nextChange(before, target);
      if (change.isPresent()) {
        return Next.of(change.get());
      }
      shown = target;
      before = target;
      coming = null;
    }
  }

  private Next<WatchServicesResponse> quiet(Snapshot now) {
    if (Duration.between(spokenAt, wall.now()).compareTo(QUIET_MAX) >= 0) {
      return Next.of(
          WatchServicesResponse.newBuilder()
              .setRevision(now.revision())
              .setUnchanged(Unchanged.getDefaultInstance())
              .build());
    }
    alarm.in(QUIET_MAX);
    return Next.nothing();
  }

  private WatchServicesResponse list(Snapshot snapshot) {
    ServiceList.Builder list = ServiceList.newBuilder();
    Instant now = wall.now();
    for (Service service : snapshot.fleet().services()) {
      if (selection.fits(service, snapshot.fleet().plan())) {
        ServiceView view = ServiceView.of(snapshot.fleet(), service);
        list.addServices(mask.applied(messages.message(view, now)));
      }
    }
    InvalidServices.messages(snapshot.fleet(), selection)
        .forEach(service -> list.addServices(mask.applied(service)));
    return WatchServicesResponse.newBuilder()
        .setRevision(snapshot.revision())
        .setList(list)
        .build();
  }

  /// Those that may look different: they have changed themselves, or something they wait for has.
  private static SortedSet<ServiceName> touched(Fleet before, Fleet after) {
    SortedSet<ServiceName> names = new TreeSet<>();
    boolean all = before.phase() != after.phase() || !before.plan().equals(after.plan());
    for (Service service : after.services()) {
      if (all || differs(before, after, service.name()) || leansOnChange(before, after, service)) {
        names.add(service.name());
      }
    }
    if (all) {
      before.services().forEach(service -> names.add(service.name()));
      names.addAll(before.plan().invalid().keySet());
      names.addAll(after.plan().invalid().keySet());
    }
    return names;
  }

  private static boolean leansOnChange(Fleet before, Fleet after, Service service) {
    for (Dependency dependency : service.spec().relations().dependsOn()) {
      if (differs(before, after, dependency.on())) {
        return true;
      }
    }
    return service.spec().relations().after().stream()
        .anyMatch(name -> differs(before, after, name));
  }

  private static boolean differs(Fleet before, Fleet after, ServiceName name) {
    return !before.service(name).equals(after.service(name));
  }

  private Optional<WatchServicesResponse> nextChange(Snapshot before, Snapshot after) {
    Instant now = wall.now();
    for (ServiceName name = open.poll(); name != null; name = open.poll()) {
      Optional<dev.coffey.v1.Service> was = message(before.fleet(), name, now);
      Optional<dev.coffey.v1.Service> is = message(after.fleet(), name, now);
      var news = WatchServicesResponse.newBuilder().setRevision(after.revision());
      if (is.isEmpty() && was.isPresent()) {
        return Optional.of(news.setRemoved(name.value()).build());
      }
      if (is.isPresent() && (was.isEmpty() || !mask.same(was.get(), is.get()))) {
        return Optional.of(news.setChanged(mask.applied(is.get())).build());
      }
    }
    return Optional.empty();
  }

  private Optional<dev.coffey.v1.Service> message(Fleet fleet, ServiceName name, Instant now) {
    Plan plan = fleet.plan();
    return fleet
        .service(name)
        .filter(service -> selection.fits(service, plan))
        .map(service -> messages.message(ServiceView.of(fleet, service), now))
        .or(() -> InvalidServices.message(fleet, name).filter(_ -> selection.fits(name, plan)));
  }

  @Override
  public void close() {
    subscription.close();
    interest.close();
  }
}

package dev.coffey.fleet;

import static dev.coffey.lifecycle.ServiceState.NEVER;

import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.Service;
import dev.coffey.spec.Plan;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import dev.coffey.spec.StartSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All services of a plan at one moment. Immutable: readers keep it as long as they like.
public final class Fleet {
  private final Plan plan;
  private final Links links;
  private final Roster roster;
  private final Bucket bucket;
  private final Course course;

  /// What goes on counting.
  ///
  /// @param nextRun the name of the next launch
  /// @param nextTicket the next place in the queue
  /// @param shutdownBy when everything left is killed; never before a shutdown
  /// @param hurried whether grace is over
  /// @param fatal whether a service's failure has ended the daemon
  /// @param rollouts the restarts that go from service to service
  record Course(
      Phase phase,
      RunId nextRun,
      long nextTicket,
      Instant shutdownBy,
      boolean hurried,
      boolean fatal,
      List<Rollout> rollouts) {
    Course in(Phase changed) {
      return new Course(changed, nextRun, nextTicket, shutdownBy, hurried, fatal, rollouts);
    }

    Course launched() {
      return new Course(phase, nextRun.next(), nextTicket, shutdownBy, hurried, fatal, rollouts);
    }

    Course queued() {
      return new Course(phase, nextRun, nextTicket + 1, shutdownBy, hurried, fatal, rollouts);
    }

    Course stopping(Instant by, boolean becauseOfFailure) {
      return new Course(
          Phase.STOPPING, nextRun, nextTicket, by, hurried, fatal || becauseOfFailure, List.of());
    }

    Course rolling(List<Rollout> changed) {
      return new Course(
          phase, nextRun, nextTicket, shutdownBy, hurried, fatal, List.copyOf(changed));
    }

    Course hurrying() {
      return new Course(phase, nextRun, nextTicket, NEVER, true, fatal, rollouts);
    }
  }

  Fleet(Plan plan, Links links, Roster roster, Bucket bucket, Course course) {
    this.plan = plan;
    this.links = links;
    this.roster = roster;
    this.bucket = bucket;
    this.course = course;
  }

  /// A plan's services, none of them started.
  ///
  /// @param wishes whether a service is wanted, where that is not what the plan says: what an
  ///   operator stopped before this daemon began stays stopped
  /// @param firstRun higher than any run id ever used before
  public static Fleet of(Plan plan, Map<ServiceName, Boolean> wishes, RunId firstRun, Instant now) {
    List<Service> services = new ArrayList<>(plan.services().size());
    for (ServiceSpec spec : plan.services().values()) {
      boolean up = wishes.getOrDefault(spec.name(), spec.start().enabled());
      services.add(Service.unborn(spec, up, now));
    }
    return new Fleet(
        plan,
        new Links(plan.services()),
        Roster.of(services),
        new Bucket(plan.daemon().limits().restarts(), now),
        new Course(Phase.STARTING, firstRun, 1, NEVER, false, false, List.of()));
  }

  /// The plan in force.
  public Plan plan() {
    return plan;
  }

  /// Where the daemon is in its life.
  public Phase phase() {
    return course.phase();
  }

  /// Whether there is nothing left to do.
  public boolean over() {
    return course.phase() == Phase.STOPPED;
  }

  /// Whether nobody has grace any more while all is stopped.
  public boolean hurried() {
    return course.hurried();
  }

  /// Whether it ends because a service has failed that must not.
  public boolean failed() {
    return course.fatal();
  }

  /// Whether a restart goes from service to service.
  public boolean rollingOut() {
    return !course.rollouts().isEmpty();
  }

  /// When time alone will change something.
  public Instant deadline() {
    Instant services = roster.digest().deadline();
    return services.isBefore(course.shutdownBy()) ? services : course.shutdownBy();
  }

  /// All services by name.
  public List<Service> services() {
    return roster.all();
  }

  /// One service.
  public Optional<Service> service(ServiceName name) {
    return links.position(name).map(roster::at);
  }

  /// Whether a service is wanted, of those where that is not what the plan says. A oneshot that was
  /// started by hand was asked for once, and not for each daemon that is to come.
  public SortedMap<ServiceName, Boolean> wishes() {
    SortedMap<ServiceName, Boolean> wishes = new TreeMap<>();
    for (Service service : services()) {
      @Nullable ServiceSpec spec = plan.services().get(service.name());
      boolean up = service.wish().up();
      if (spec != null && up != spec.start().enabled() && !(up && runsOnce(spec.start()))) {
        wishes.put(service.name(), up);
      }
    }
    return wishes;
  }

  private static boolean runsOnce(StartSpec start) {
    return start.kind() == StartSpec.Kind.ONESHOT && !start.remainAfterExit();
  }

  /// Whether a service shall run at this moment.
  public boolean wanted(Service service) {
    return service.wish().up() && course.phase() != Phase.STOPPING && !over();
  }

  Links links() {
    return links;
  }

  Roster roster() {
    return roster;
  }

  Bucket bucket() {
    return bucket;
  }

  Course course() {
    return course;
  }
}

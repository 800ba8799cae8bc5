package dev.coffey.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.events.Events;
import dev.coffey.fleet.Fleet;
import dev.coffey.fleet.FleetEvent;
import dev.coffey.fleet.ServiceView;
import dev.coffey.fleet.ShownState;
import dev.coffey.fleet.Transition;
import dev.coffey.lifecycle.Effect;
import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.Service;
import dev.coffey.lifecycle.ServiceEvent;
import dev.coffey.lifecycle.ServiceState.BackingOff;
import dev.coffey.spec.Command;
import dev.coffey.spec.DaemonSpec;
import dev.coffey.spec.Plan;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import dev.coffey.supervisor.Inbox.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Faults of the world and of those who listen.
class LoopTest {
  private static final ServiceName WEB = new ServiceName("web");

  private final Inbox inbox = new Inbox();
  private Snapshot snapshot = new Snapshot(fleet(), 0);

  private static Fleet fleet() {
    TreeMap<ServiceName, ServiceSpec> services = new TreeMap<>();
    services.put(WEB, ServiceSpec.of("web", new Command("/bin/true", List.of())));
    return Fleet.of(new Plan(daemon(), services), Map.of(), new RunId(1), Instant.EPOCH);
  }

  private static DaemonSpec daemon() {
    Path none = Path.of("/nonexistent");
    return new DaemonSpec(
        new DaemonSpec.Sockets(none, "", 0600),
        new DaemonSpec.Directories(none, none, none, none),
        new DaemonSpec.OwnLog("", false, "info", DaemonSpec.OwnLog.Format.TEXT),
        1L << 30,
        new DaemonSpec.Limits(Duration.ofSeconds(30), 8, DaemonSpec.Budget.DEFAULT));
  }

  private static final class StoppedClock implements Clock {
    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public Instant wall(Instant moment) {
      return moment;
    }
  }

  private static class Deaf implements TransitionListener {
    @Override
    public void happened(Transition transition, Snapshot after) {}

    @Override
    public void phaseChanged(Snapshot after) {}
  }

  private Loop loop(World world, TransitionListener listener) {
    return new Loop(
        snapshot.fleet(),
        inbox,
        new Operations(),
        new Loop.Ports(
            world, new StoppedClock(), new SplittableRandom(1), listener, next -> snapshot = next));
  }

  private void hear(Loop loop, FleetEvent event) throws InterruptedException {
    inbox.post(new Message(event, null));
    @Nullable Message message = inbox.take(Duration.ZERO);
    while (message != null) {
      loop.turn(message);
      message = inbox.take(Duration.ZERO);
    }
  }

  private ServiceView web() {
    return ServiceView.of(snapshot.fleet(), WEB).orElseThrow();
  }

  @Test
  void launchThatThrowsIsAFailedStartAndTheLoopGoesOn() throws InterruptedException {
    AtomicInteger orders = new AtomicInteger();
    Loop loop =
        loop(
            (order, answers) -> {
              orders.incrementAndGet();
              throw new IllegalStateException("the world is broken");
            },
            new Deaf());

    hear(loop, new FleetEvent.Began());

    assertThat(orders).hasValue(1);
    assertThat(web().service().state()).isInstanceOf(BackingOff.class);
    assertThat(web().reason()).contains("the world is broken");
  }

  @Test
  void killThatThrowsIsASurvivorThatIsShown() throws InterruptedException {
    Loop loop =
        loop(
            (order, answers) -> {
              switch (order.effect()) {
                case Effect.Launch launch ->
                    answers.accept(
                        new FleetEvent.Reported(
                            order.service(), new ServiceEvent.Launched(launch.run(), 7)));
                case Effect.Kill _ -> throw new IllegalStateException("no kill");
                default -> {}
              }
            },
            new Deaf());
    hear(loop, new FleetEvent.Began());

    hear(loop, new FleetEvent.ShutdownWanted());
    hear(loop, new FleetEvent.ShutdownWanted());
    hear(loop, new FleetEvent.TimePassed());

    assertThat(web().state()).isEqualTo(ShownState.STOP_FAILED);
    assertThat(loop.over()).isTrue();
  }

  @Test
  void listenerThatThrowsStopsNothing() throws InterruptedException {
    AtomicInteger launches = new AtomicInteger();
    Loop loop =
        loop(
            (_, _) -> launches.incrementAndGet(),
            new Deaf() {
              @Override
              public void happened(Transition transition, Snapshot after) {
                throw new IllegalStateException("deaf and loud");
              }
            });

    hear(loop, new FleetEvent.Began());

    assertThat(launches).hasValue(1);
    assertThat(web().state()).isEqualTo(ShownState.STARTING);
  }

  /// T15: who hears of a change finds it in the snapshot, and its revision is no lower.
  @Test
  void whatIsToldIsPublishedAlready() throws InterruptedException {
    List<Service> found = new ArrayList<>();
    List<Service> told = new ArrayList<>();
    Loop loop =
        loop(
            (_, _) -> {},
            new Deaf() {
              @Override
              public void happened(Transition transition, Snapshot after) {
                assertThat(snapshot.revision()).isGreaterThanOrEqualTo(after.revision());
                told.add(transition.after());
                found.add(web().service());
              }
            });

    hear(loop, new FleetEvent.Began());

    assertThat(told).isNotEmpty().isEqualTo(found);
    assertThat(snapshot.revision()).isEqualTo(1);
  }

  @Test
  void theSecondWishToEndIsToldAndSaysThatNobodyHasGrace() throws InterruptedException {
    Events events = new Events(100, 0);
    Loop loop =
        loop(
            (order, answers) -> {
              if (order.effect() instanceof Effect.Launch launch) {
                answers.accept(
                    new FleetEvent.Reported(
                        order.service(), new ServiceEvent.Launched(launch.run(), 7)));
              }
            },
            new Herald(events, new StoppedClock()));
    hear(loop, new FleetEvent.Began());

    hear(loop, new FleetEvent.ShutdownWanted());
    hear(loop, new FleetEvent.ShutdownWanted());

    assertThat(events.read(0, 100).events())
        .filteredOn(event -> event.news().topic().equals("daemon.phase"))
        .extracting(event -> event.news().reason())
        .containsExactly("", "", "without grace: what is left is killed");
  }
}

package dev.coffey.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.fleet.Decision;
import dev.coffey.fleet.Fleet;
import dev.coffey.fleet.FleetEvent;
import dev.coffey.fleet.FleetMachine;
import dev.coffey.fleet.Reply.Accepted;
import dev.coffey.fleet.ServiceView;
import dev.coffey.fleet.ShownState;
import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.Moment;
import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.ServiceEvent;
import dev.coffey.spec.Command;
import dev.coffey.spec.DaemonSpec;
import dev.coffey.spec.Dependency;
import dev.coffey.spec.Plan;
import dev.coffey.spec.Relations;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import dev.coffey.supervisor.Operation.Outcome;
import dev.coffey.supervisor.Operation.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What those are told who wait for a command.
class OperationTest {
  private static final ServiceName DB = new ServiceName("db");
  private static final ServiceName WEB = new ServiceName("web");

  private final Operations operations = new Operations();
  private Fleet fleet = fleet();
  private Instant now = Instant.EPOCH;

  private static Fleet fleet() {
    Dependency needsDb =
        new Dependency(DB, Dependency.Condition.STARTED, false, Dependency.Reactions.DEFAULT);
    TreeMap<ServiceName, ServiceSpec> services = new TreeMap<>();
    services.put(DB, ServiceSpec.of("db", new Command("/bin/true", List.of())));
    services.put(
        WEB,
        ServiceSpec.of("web", new Command("/bin/true", List.of()))
            .with(new Relations(List.of(needsDb), List.of())));
    Path none = Path.of("/nonexistent");
    DaemonSpec daemon =
        new DaemonSpec(
            new DaemonSpec.Sockets(none, "", 0600),
            new DaemonSpec.Directories(none, none, none, none),
            new DaemonSpec.OwnLog("", false, "info", DaemonSpec.OwnLog.Format.TEXT),
            1L << 30,
            new DaemonSpec.Limits(Duration.ofSeconds(30), 8, DaemonSpec.Budget.DEFAULT));
    return Fleet.of(new Plan(daemon, services), Map.of(), new RunId(1), Instant.EPOCH);
  }

  private Decision hear(FleetEvent event) {
    Decision decision = FleetMachine.decide(fleet, event, new Moment(now, 0));
    fleet = decision.fleet();
    decision
        .transitions()
        .forEach(moved -> operations.observe(ServiceView.of(fleet, moved.after()), now));
    return decision;
  }

  private Operation ask(dev.coffey.fleet.Command command) {
    Fleet before = fleet;
    Decision decision = hear(new FleetEvent.Commanded(command));
    Accepted accepted = (Accepted) java.util.Objects.requireNonNull(decision.reply());
    Operation operation = operations.begin(command, accepted, before, now);
    accepted
        .services()
        .forEach(name -> operations.observe(ServiceView.of(fleet, name).orElseThrow(), now));
    return operation;
  }

  private void tell(ServiceName name, ServiceEvent.News news) {
    hear(new FleetEvent.Reported(name, news));
  }

  private RunId run(ServiceName name) {
    return fleet.service(name).orElseThrow().state().currentRun().orElseThrow();
  }

  private void bothUp() {
    hear(new FleetEvent.Began());
    tell(DB, new ServiceEvent.Launched(run(DB), 1));
    tell(WEB, new ServiceEvent.Launched(run(WEB), 2));
  }

  private void ends(ServiceName name, int code) {
    RunId run = run(name);
    tell(name, new ServiceEvent.Ended(run, new ExitStatus.Exited(code)));
    tell(name, new ServiceEvent.Emptied(run));
  }

  private static dev.coffey.fleet.Command stop(
      dev.coffey.fleet.Command.Dependents dependents, ServiceName... names) {
    return new dev.coffey.fleet.Command.Stop(List.of(names), dependents);
  }

  @Test
  void stopThatCancelsAStartHasChangedSomething() {
    bothUp();
    ends(WEB, 1);
    assertThat(ServiceView.of(fleet, WEB).orElseThrow().state()).isEqualTo(ShownState.BACKOFF);

    Operation first = ask(stop(dev.coffey.fleet.Command.Dependents.REFUSE, WEB));
    Operation second = ask(stop(dev.coffey.fleet.Command.Dependents.REFUSE, WEB));

    assertThat(first.outcome()).isEqualTo(Outcome.DONE);
    assertThat(first.withdraws(WEB)).isTrue();
    assertThat(second.withdraws(WEB)).as("it was so already").isFalse();
  }

  @Test
  void stopTellsWhatWaitsForWhatHowLongItHasAndThatItTookForce() {
    bothUp();

    Operation stop = ask(stop(dev.coffey.fleet.Command.Dependents.CASCADE, DB));
    now = now.plusSeconds(10);
    hear(new FleetEvent.TimePassed());
    ends(WEB, 0);
    ends(DB, 0);

    assertThat(stop.progress(0).stream().map(OperationTest::line))
        .containsExactly(
            "db running ends after 'web'",
            "web stopping asked to end, has 10s",
            "web stopping killed",
            "web stopped killed",
            "db stopping asked to end, has 10s",
            "db stopped ");
  }

  private static String line(Progress step) {
    return "%s %s %s".formatted(step.service(), step.state().word(), step.reason());
  }

  /// Pulled in, and asked to end before: it goes on, and nobody waits for another run of it.
  @Test
  void restartWaitsForNoNewRunOfWhatItOnlyNeeds() {
    bothUp();
    var _ = ask(stop(dev.coffey.fleet.Command.Dependents.CASCADE, DB));
    assertThat(fleet.service(DB).orElseThrow().wish().up()).isFalse();

    Operation restart = ask(new dev.coffey.fleet.Command.Restart(List.of(WEB)));
    ends(WEB, 0);
    tell(WEB, new ServiceEvent.Launched(run(WEB), 3));

    assertThat(restart.outcome()).isEqualTo(Outcome.DONE);
  }
}

package dev.coffey.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.v1.GetServiceResponse;
import dev.coffey.v1.ListServicesRequest;
import dev.coffey.v1.ListServicesResponse;
import dev.coffey.v1.Result;
import dev.coffey.v1.ResultKind;
import dev.coffey.v1.Service;
import dev.coffey.v1.ServiceControlGrpc;
import dev.coffey.v1.ServiceSelector;
import dev.coffey.v1.ServiceState;
import io.grpc.Status;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusTest {
  private final TimeZone zone = TimeZone.getDefault();
  private final FakeDaemon daemon = new FakeDaemon();
  private final Shell shell = Shell.at(daemon.socket());

  @BeforeEach
  void inOneTimeZone() {
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
  }

  @AfterEach
  void close() {
    TimeZone.setDefault(zone);
    daemon.close();
  }

  @Test
  void tableTellsWhatMattersInEightyColumns() {
    list(Wires.api(), Wires.db());

    int exit = shell.run("status");

    assertThat(exit).isZero();
    assertThat(shell.err()).isEmpty();
    assertThat(shell.out())
        .isEqualTo(
            """
            coffeyd 0.1.0, running, pid 4711, up 3 h, configuration 3
            NAME  STATE    HEALTH    PID   UP  RESTARTS    CPU  MEMORY  WHY
            api   running  healthy  4712  1 h         2  1.3 %  45 MiB
            db    backoff                             3                 exit code 1, next t…
            """);
  }

  @Test
  void whatHasNoEffectIsSeenInTheTable() {
    list(Wires.api().toBuilder().clearReason().addNotices("cgroup.cpu_max has no effect").build());

    shell.with("COLUMNS", "120").run("status");

    assertThat(shell.out()).contains("! cgroup.cpu_max has no effect");
  }

  @Test
  void narrowTerminalLosesColumnsAndNeverTheReason() {
    list(Wires.api(), Wires.db());

    shell.with("COLUMNS", "50").run("status");

    assertThat(shell.out().lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60));
    assertThat(shell.out()).contains("exit code 1, nex").doesNotContain("MEMORY");
  }

  @Test
  void pageTellsAllAboutOneService() {
    Service service = Wires.api().toBuilder().addLogTail(Wires.line(1, "ready")).build();
    daemon.answer(ServiceControlGrpc.getGetServiceMethod(), one(service)).start();

    int exit = shell.run("status", "api");

    assertThat(exit).isZero();
    assertThat(shell.out())
        .isEqualTo(
            """
            api
              state     running, healthy, since 2026-11-21 07:00:00 (59 m 59 s)
              wanted    up
              process   pid 4712, run 17, up 1 h
              uses      1.3 % CPU, 45 MiB, 12 tasks
              restarts  2
              last end  signal KILL, 2026-11-21 06:59:59
              needs     db healthy: met
              listens   127.0.0.1:8080
              labels    tier=web
              07:59:00.123 | ready
            """);
  }

  /// T52: a stop that ended by force was a stop, and is told all the same.
  @Test
  void pageTellsThatAStopEndedByForce() {
    Result killed =
        Wires.api().getResult().toBuilder()
            .setKind(ResultKind.RESULT_KIND_TIMEOUT)
            .setMessage("did not end in time, signal KILL")
            .build();
    Service service = Wires.api().toBuilder().setResult(killed).build();
    daemon.answer(ServiceControlGrpc.getGetServiceMethod(), one(service)).start();

    int exit = shell.run("status", "api");

    assertThat(exit).isZero();
    assertThat(shell.out())
        .contains("last end  timeout: did not end in time, signal KILL, 2026-11-21 06:59:59");
  }

  @Test
  void statusOfAServiceThatDoesNotRunExitsWithThree() {
    daemon.answer(ServiceControlGrpc.getGetServiceMethod(), one(Wires.db())).start();

    int exit = shell.run("status", "db");

    assertThat(exit).isEqualTo(3);
    assertThat(shell.out()).contains("why       exit code 1, next try in 4 s");
  }

  @Test
  void whatIsDoneAndRemainsCountsAsRunning() {
    Service done =
        Wires.db().toBuilder()
            .setState(ServiceState.SERVICE_STATE_COMPLETED)
            .setCountsAsRunning(true)
            .build();
    list(done);
    daemon.answer(ServiceControlGrpc.getGetServiceMethod(), one(done));

    assertThat(shell.run("status", "db")).isZero();
    assertThat(shell.run("is-active", "db")).isZero();
  }

  @Test
  void oneIsNotSeveral() {
    Service single = Wires.api().toBuilder().setTasks(1).build();
    daemon.answer(ServiceControlGrpc.getGetServiceMethod(), one(single)).start();

    shell.run("status", "api");

    assertThat(shell.out()).contains("1 task").doesNotContain("1 tasks");
  }

  @Test
  void jsonHasTheFieldNamesOfTheWire() {
    list(Wires.api(), Wires.db());

    int exit = shell.run("status", "-j");

    assertThat(exit).isZero();
    assertThat(shell.out())
        .isEqualTo(
            """
            {"daemon":{"version":"0.1.0","pid":4711,"phase":"running",\
            "since":"2026-11-21T05:00:00.000Z","config_version":3,"ready":true,\
            "uptime_ms":10800000},"services":[\
            {"name":"api","state":"running","desired":"up","health":"healthy","pid":4712,\
            "run_id":17,"restarts":2,"since":"2026-11-21T07:00:00.250Z",\
            "ready_since":"2026-11-21T07:00:01.000Z","paused":false,"adopted":false,\
            "restarting":false,"result":{"kind":"signal","signal":"KILL",\
            "at":"2026-11-21T06:59:59.000Z","signal_number":9},"uptime_ms":3600000,\
            "cpu_percent":1.3,"memory_bytes":47185920,"tasks":12,\
            "depends_on":[{"name":"db","condition":"healthy","met":true}],\
            "listen":["127.0.0.1:8080"],"labels":{"tier":"web"}},\
            {"name":"db","state":"backoff","desired":"up","health":"none","run_id":16,\
            "restarts":3,"attempt":4,"since":"2026-11-21T07:59:58.000Z",\
            "next_try":"2026-11-21T08:00:04.000Z","paused":false,"adopted":false,\
            "restarting":false,"result":{"kind":"exit-code","exit_code":1,\
            "at":"2026-11-21T07:59:58.000Z"},"depends_on":[],"listen":[],"labels":{}}]}
            """);
  }

  @Test
  void unknownNameExitsWithFourAndTheDaemonsWords() {
    var failure =
        Wires.failure(
            Status.Code.NOT_FOUND,
            "no service is named 'ap'; did you mean 'api' or 'app'?",
            "NO_SUCH_SERVICE",
            Map.of("service", "ap", "closest", "api,app"));
    daemon.fail(ServiceControlGrpc.getGetServiceMethod(), failure);
    daemon.fail(ServiceControlGrpc.getListServicesMethod(), failure).start();

    int exit = shell.run("status", "ap");

    assertThat(exit).isEqualTo(4);
    assertThat(shell.out()).isEmpty();
    assertThat(shell.err())
        .isEqualTo("coffeyctl: no service is named 'ap'; did you mean 'api' or 'app'?\n");
  }

  @Test
  void patternsAndLabelsAreTheDaemonsToMatch() {
    list(Wires.api());

    int exit = shell.run("status", "web@*", "-l", "tier=web", "-l", "x");

    assertThat(exit).isZero();
    assertThat(daemon.requests())
        .containsExactly(
            ListServicesRequest.newBuilder()
                .setSelector(
                    ServiceSelector.newBuilder()
                        .addNames("web@*")
                        .addLabels("tier=web")
                        .addLabels("x"))
                .build());
  }

  @Test
  void colourIsThereWhenAskedForAndAddsNothing() {
    list(Wires.api(), Wires.db());

    shell.run("status");
    String plain = shell.out();
    shell.run("status", "--color", "always");

    assertThat(shell.out()).contains("\u001b[32mrunning\u001b[0m");
    assertThat(shell.out().replaceAll("\u001b\\[[0-9]*m", "")).isEqualTo(plain);
  }

  private void list(Service... services) {
    ListServicesResponse.Builder list =
        ListServicesResponse.newBuilder().setDaemon(Wires.daemon()).setRevision(9);
    for (Service service : services) {
      list.addServices(service);
    }
    daemon.answer(ServiceControlGrpc.getListServicesMethod(), list.build()).start();
  }

  private static GetServiceResponse one(Service service) {
    return GetServiceResponse.newBuilder().setService(service).setDaemon(Wires.daemon()).build();
  }
}

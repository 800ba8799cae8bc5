package dev.coffey.ctl;

import static dev.coffey.v1.OperationState.OPERATION_STATE_FAILED;
import static dev.coffey.v1.OperationState.OPERATION_STATE_SUCCEEDED;
import static dev.coffey.v1.Outcome.OUTCOME_DONE;
import static dev.coffey.v1.Outcome.OUTCOME_FAILED;
import static dev.coffey.v1.Outcome.OUTCOME_PENDING;
import static dev.coffey.v1.Outcome.OUTCOME_UNCHANGED;
import static dev.coffey.v1.ServiceState.SERVICE_STATE_FAILED;
import static dev.coffey.v1.ServiceState.SERVICE_STATE_RUNNING;
import static dev.coffey.v1.ServiceState.SERVICE_STATE_STARTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.v1.KillServicesRequest;
import dev.coffey.v1.OperationProgress;
import dev.coffey.v1.ServiceControlGrpc;
import dev.coffey.v1.ServiceOutcome;
import dev.coffey.v1.ServiceSelector;
import dev.coffey.v1.StartServicesRequest;
import dev.coffey.v1.StopServicesRequest;
import io.grpc.Status;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangesTest {
  private static final ServiceOutcome PENDING =
      Wires.outcome("api", SERVICE_STATE_STARTING, OUTCOME_PENDING);
  private static final ServiceOutcome UP =
      Wires.outcome("api", SERVICE_STATE_RUNNING, OUTCOME_DONE).toBuilder()
          .setPid(4712)
          .setTookMs(340)
          .build();
  private static final ServiceOutcome DOWN =
      Wires.outcome("api", SERVICE_STATE_FAILED, OUTCOME_FAILED).toBuilder()
          .setReason("exit code 1 before it was ready")
          .addLogTail(Wires.line(1, "no database"))
          .addAdvice("look at 'coffeyctl logs api'")
          .build();

  private final FakeDaemon daemon = new FakeDaemon();
  private final Shell shell = Shell.at(daemon.socket());

  @AfterEach
  void close() {
    daemon.close();
  }

  @Test
  void startTellsEachStepOnceAndWaitsForTheEnd() {
    ServiceOutcome unchanged = Wires.outcome("db", SERVICE_STATE_RUNNING, OUTCOME_UNCHANGED);
    daemon
        .answer(
            ServiceControlGrpc.getStartServicesMethod(),
            Wires.accepted("start", PENDING, unchanged),
            Wires.moved(PENDING),
            Wires.moved(PENDING),
            Wires.moved(UP),
            Wires.done("start", OPERATION_STATE_SUCCEEDED, UP, unchanged))
        .start();

    int exit = shell.run("start", "db", "api");

    assertThat(exit).isZero();
    assertThat(shell.err()).isEmpty();
    assertThat(shell.out())
        .isEqualTo(
            """
            api: starting
            api: running, pid 4712 after 340 ms
            db: running already
            """);
  }

  @Test
  void failureTellsWhyWithTheLastLinesAndWhatToDo() {
    daemon
        .answer(
            ServiceControlGrpc.getStartServicesMethod(),
            Wires.accepted("start", PENDING),
            Wires.moved(DOWN),
            Wires.done("start", OPERATION_STATE_FAILED, DOWN))
        .start();

    int exit = shell.run("start", "api");

    assertThat(exit).isEqualTo(1);
    assertThat(shell.out()).isEmpty();
    assertThat(shell.err())
        .isEqualTo(
            """
            coffeyctl: cannot start 'api': exit code 1 before it was ready
              no database
              look at 'coffeyctl logs api'
            """);
  }

  @Test
  void jsonIsOneDocumentAlsoWhenItFails() {
    daemon
        .answer(
            ServiceControlGrpc.getStartServicesMethod(),
            Wires.accepted("start", PENDING),
            Wires.moved(DOWN),
            Wires.done("start", OPERATION_STATE_FAILED, DOWN.toBuilder().clearLogTail().build()))
        .start();

    int exit = shell.run("start", "api", "--json");

    assertThat(exit).isEqualTo(1);
    assertThat(shell.err()).isEmpty();
    assertThat(shell.out())
        .isEqualTo(
            """
            {"operation":{"id":"op-7","verb":"start","state":"failed",\
            "accepted_at":"2026-11-21T08:00:00.000Z","took_ms":340,"services":[\
            {"service":"api","outcome":"failed","state":"failed",\
            "reason":"exit code 1 before it was ready",\
            "advice":["look at 'coffeyctl logs api'"]}]},\
            "error":{"code":"operation_failed",\
            "message":"see the services of the operation","details":{}}}
            """);
  }

  @Test
  void noWaitReturnsWithTheOperationsId() {
    daemon
        .answer(ServiceControlGrpc.getStartServicesMethod(), Wires.accepted("start", PENDING))
        .start();

    int exit = shell.run("start", "--all", "--no-wait", "--no-deps");

    assertThat(exit).isZero();
    assertThat(shell.out()).isEqualTo("accepted as op-7\n");
    assertThat(daemon.requests())
        .containsExactly(
            StartServicesRequest.newBuilder()
                .setSelector(ServiceSelector.newBuilder().setAll(true))
                .setNoWait(true)
                .setNoDeps(true)
                .build());
  }

  @Test
  void timeoutExitsWith124AndSaysThatTheOperationGoesOn() {
    daemon
        .on(
            ServiceControlGrpc.getStartServicesMethod(),
            (request, observer) -> observer.onNext(Wires.accepted("start", PENDING)))
        .start();

    int exit = shell.run("start", "api", "--timeout", "200ms");

    assertThat(exit).isEqualTo(124);
    assertThat(shell.err()).isEqualTo("coffeyctl: not done after 200 ms; op-7 goes on\n");
  }

  @Test
  void refusalExitsWithSixAndTellsTheWaysOut() {
    daemon
        .fail(
            ServiceControlGrpc.getStopServicesMethod(),
            Wires.failure(
                Status.Code.FAILED_PRECONDITION,
                "cannot stop 'db': running services depend on it: api, worker",
                "HAS_DEPENDENTS",
                Map.of("service", "db", "dependents", "api,worker")))
        .start();

    int exit = shell.run("stop", "db");

    assertThat(exit).isEqualTo(6);
    assertThat(shell.err())
        .isEqualTo(
            """
            coffeyctl: cannot stop 'db': running services depend on it: api, worker
              --cascade stops the dependents first, --force leaves them as they are
            """);
  }

  @Test
  void stopAndKillHandOnTheirOptions() {
    daemon.answer(ServiceControlGrpc.getStopServicesMethod(), done("stop"));
    daemon.answer(ServiceControlGrpc.getKillServicesMethod(), done("kill")).start();

    shell.run("stop", "-l", "tier=web", "--cascade");
    shell.run("kill", "HUP", "api", "db");

    assertThat(daemon.requests())
        .containsExactly(
            StopServicesRequest.newBuilder()
                .setSelector(ServiceSelector.newBuilder().addLabels("tier=web"))
                .setCascade(true)
                .build(),
            KillServicesRequest.newBuilder()
                .setSelector(ServiceSelector.newBuilder().addNames("api").addNames("db"))
                .setSignal("HUP")
                .build());
  }

  @Test
  void verboseTellsTheOperationAndItsTime() {
    daemon.answer(ServiceControlGrpc.getRestartServicesMethod(), accepted(), done("restart"));
    daemon.start();

    shell.run("restart", "api", "-v");

    assertThat(shell.err())
        .contains("restart: accepted as op-7")
        .contains("op-7: took 340 ms")
        .doesNotContain("socket:", "coffey.v1");
  }

  @Test
  void moreVerboseTellsTheSocketAndTheCallsAndThenTheMessages() {
    daemon.answer(ServiceControlGrpc.getRestartServicesMethod(), accepted(), done("restart"));
    daemon.start();

    shell.run("restart", "api", "-vv");
    String calls = shell.err();
    shell.run("restart", "api", "-vvv");
    String messages = shell.err();

    assertThat(calls)
        .contains("op-7: took 340 ms")
        .contains("socket: %s, from COFFEY_SOCKET".formatted(daemon.socket()))
        .containsPattern("coffey.v1.ServiceControl/RestartServices: OK in \\d+ ms")
        .doesNotContain(" bytes after ");
    assertThat(messages)
        .contains("socket: ")
        .containsPattern("RestartServices: sent \\d+ bytes after \\d+ ms")
        .containsPattern("RestartServices: received \\d+ bytes after \\d+ ms");
  }

  @Test
  void moreVerboseTellsTheSocketAlsoWhereNobodyAnswers() {
    assertThat(shell.run("status", "-vv")).isEqualTo(7);
    assertThat(shell.err())
        .startsWith("socket: %s, from COFFEY_SOCKET\n".formatted(daemon.socket()));
  }

  private static OperationProgress accepted() {
    return Wires.accepted("restart", PENDING);
  }

  private static OperationProgress done(String verb) {
    return Wires.done(verb, OPERATION_STATE_SUCCEEDED, UP);
  }
}

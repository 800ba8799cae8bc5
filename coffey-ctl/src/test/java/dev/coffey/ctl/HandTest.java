package dev.coffey.ctl;

import static dev.coffey.v1.Outcome.OUTCOME_DONE;
import static dev.coffey.v1.ServiceState.SERVICE_STATE_RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.v1.OperationProgress;
import dev.coffey.v1.OperationState;
import dev.coffey.v1.PauseServicesRequest;
import dev.coffey.v1.RestartServicesRequest;
import dev.coffey.v1.ResumeServicesRequest;
import dev.coffey.v1.ServiceControlGrpc;
import dev.coffey.v1.ServiceOutcome;
import dev.coffey.v1.ServiceSelector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is asked for when services are left alone, or restarted one after another.
class HandTest {
  private final FakeDaemon daemon = new FakeDaemon();
  private final Shell shell = Shell.at(daemon.socket());

  @AfterEach
  void close() {
    daemon.close();
  }

  private static OperationProgress done(String verb) {
    return Wires.done(verb, OperationState.OPERATION_STATE_SUCCEEDED);
  }

  @Test
  void pausesAndRollingRestartsSayHowLongAndHowMany() {
    daemon.answer(ServiceControlGrpc.getPauseServicesMethod(), done("pause"));
    daemon.answer(ServiceControlGrpc.getResumeServicesMethod(), done("resume"));
    daemon.answer(ServiceControlGrpc.getRestartServicesMethod(), done("restart")).start();

    shell.run("pause", "api", "--for", "30m", "--reason", "under the debugger");
    shell.run("resume", "api");
    shell.run("restart", "api", "--at-once", "2", "--cascade", "--no-deps");

    ServiceSelector api = ServiceSelector.newBuilder().addNames("api").build();
    assertThat(daemon.requests())
        .containsExactly(
            PauseServicesRequest.newBuilder()
                .setSelector(api)
                .setTtlMs(1_800_000)
                .setReason("under the debugger")
                .build(),
            ResumeServicesRequest.newBuilder().setSelector(api).build(),
            RestartServicesRequest.newBuilder()
                .setSelector(api)
                .setAtOnce(2)
                .setCascade(true)
                .setNoDeps(true)
                .build());
    assertThat(shell.run("restart", "api", "--at-once", "none")).isEqualTo(2);
    assertThat(shell.err()).contains("--at-once takes a number from 1 up, not 'none'");
  }

  @Test
  void killSaysWhoWasSignalled() {
    ServiceOutcome signalled =
        Wires.outcome("api", SERVICE_STATE_RUNNING, OUTCOME_DONE).toBuilder()
            .setPid(4712)
            .setTookMs(0)
            .build();
    daemon
        .answer(
            ServiceControlGrpc.getKillServicesMethod(),
            Wires.done("kill", OperationState.OPERATION_STATE_SUCCEEDED, signalled))
        .start();

    shell.run("kill", "HUP", "api");

    assertThat(shell.out()).isEqualTo("api: running, pid 4712, signalled\n");
  }

  @Test
  void whatCameAfterTheEndOfAServicesPartIsNotItsPart() {
    ServiceOutcome up = Wires.outcome("job", SERVICE_STATE_RUNNING, OUTCOME_DONE);
    daemon
        .answer(
            ServiceControlGrpc.getStartServicesMethod(),
            Wires.moved(up.toBuilder().setPid(4712).build()),
            Wires.done("start", OperationState.OPERATION_STATE_SUCCEEDED, up))
        .start();

    shell.run("start", "job");

    assertThat(shell.out()).isEqualTo("job: running, pid 4712\n");
  }
}

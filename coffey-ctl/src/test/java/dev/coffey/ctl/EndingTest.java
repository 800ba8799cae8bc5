package dev.coffey.ctl;

import static dev.coffey.v1.OperationState.OPERATION_STATE_SUCCEEDED;
import static dev.coffey.v1.Outcome.OUTCOME_DONE;
import static dev.coffey.v1.Outcome.OUTCOME_PENDING;
import static dev.coffey.v1.Outcome.OUTCOME_UNCHANGED;
import static dev.coffey.v1.ServiceState.SERVICE_STATE_RUNNING;
import static dev.coffey.v1.ServiceState.SERVICE_STATE_STOPPED;
import static dev.coffey.v1.ServiceState.SERVICE_STATE_STOPPING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.v1.DaemonControlGrpc;
import dev.coffey.v1.DaemonInfo;
import dev.coffey.v1.GetInfoResponse;
import dev.coffey.v1.OperationProgress;
import dev.coffey.v1.ServiceControlGrpc;
import dev.coffey.v1.ServiceOutcome;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Services and the daemon, told to end.
class EndingTest {
  private static final ServiceOutcome UP =
      Wires.outcome("api", SERVICE_STATE_RUNNING, OUTCOME_DONE).toBuilder().setPid(4712).build();
  private static final OperationProgress ACCEPTED = Wires.accepted("shutdown", UP);
  private static final OperationProgress DONE =
      Wires.done("shutdown", OPERATION_STATE_SUCCEEDED, UP);

  private final FakeDaemon daemon = new FakeDaemon();
  private final Shell shell = Shell.at(daemon.socket());

  @AfterEach
  void close() {
    daemon.close();
  }

  private static ServiceOutcome stopping(String service, String reason) {
    return Wires.outcome(service, SERVICE_STATE_STOPPING, OUTCOME_PENDING).toBuilder()
        .setReason(reason)
        .build();
  }

  private static ServiceOutcome stopped(String service, String reason, long tookMs) {
    ServiceOutcome.Builder outcome =
        Wires.outcome(service, SERVICE_STATE_STOPPED, OUTCOME_DONE).toBuilder().setTookMs(tookMs);
    return (reason.isEmpty() ? outcome : outcome.setReason(reason)).build();
  }

  @Test
  void stopTellsFromTheBeginningWhatWaitsForWhatAndWhoTookForce() {
    ServiceOutcome held =
        Wires.outcome("db", SERVICE_STATE_RUNNING, OUTCOME_PENDING).toBuilder()
            .setReason("ends after 'api'")
            .build();
    ServiceOutcome killed = stopped("api", "killed", 10_000);
    ServiceOutcome down = stopped("db", "", 10_020);
    daemon
        .answer(
            ServiceControlGrpc.getStopServicesMethod(),
            Wires.accepted("stop", held, stopping("api", "asked to end, has 10s")),
            Wires.moved(stopping("api", "killed")),
            Wires.moved(killed),
            Wires.moved(stopping("db", "asked to end, has 10s")),
            Wires.moved(down),
            Wires.done("stop", OPERATION_STATE_SUCCEEDED, down, killed))
        .start();

    assertThat(shell.run("stop", "db", "--cascade")).isZero();
    assertThat(shell.out())
        .isEqualTo(
            """
            db: running, ends after 'api'
            api: stopping, asked to end, has 10s
            api: stopping, killed
            api: stopped, killed after 10 s
            db: stopping, asked to end, has 10s
            db: stopped after 10 s
            """);
  }

  @Test
  void stopOfWhatWasToBeTriedAgainIsNoneOfWhatWasStoppedAlready() {
    ServiceOutcome already = Wires.outcome("db", SERVICE_STATE_STOPPED, OUTCOME_UNCHANGED);
    daemon
        .answer(
            ServiceControlGrpc.getStopServicesMethod(),
            Wires.accepted("stop", stopped("api", "", 0), already),
            Wires.done("stop", OPERATION_STATE_SUCCEEDED, stopped("api", "", 0), already))
        .start();

    assertThat(shell.run("stop", "api", "db")).isZero();
    assertThat(shell.out()).isEqualTo("api: stopped\ndb: stopped already\n");
  }

  @Test
  void pauseTakesNoTimeThatWouldBeWorthTelling() {
    ServiceOutcome paused =
        UP.toBuilder().setReason("paused: under the debugger").setTookMs(0).build();
    daemon
        .answer(
            ServiceControlGrpc.getPauseServicesMethod(),
            Wires.accepted("pause", paused),
            Wires.done("pause", OPERATION_STATE_SUCCEEDED, paused))
        .start();

    assertThat(shell.run("pause", "api")).isZero();
    assertThat(shell.out()).isEqualTo("api: running, pid 4712, paused: under the debugger\n");
  }

  @Test
  void shutdownReturnsWhenTheProcessOfTheDaemonHasEnded(@TempDir Path directory) throws Exception {
    Path trace = directory.resolve("ended");
    Process process =
        new ProcessBuilder("/bin/sh", "-c", "read _; sleep 0.3; : > '" + trace + "'").start();
    DaemonInfo info = DaemonInfo.newBuilder().setPid(Math.toIntExact(process.pid())).build();
    daemon
        .answer(
            DaemonControlGrpc.getGetInfoMethod(),
            GetInfoResponse.newBuilder().setDaemon(info).build())
        .on(
            DaemonControlGrpc.getShutdownMethod(),
            (request, observer) -> {
              end(process);
              observer.onNext(ACCEPTED);
              observer.onNext(DONE);
              observer.onCompleted();
            })
        .start();

    int exit = shell.run("shutdown");

    assertThat(exit).isZero();
    assertThat(trace).exists();
    assertThat(shell.err()).isEmpty();
  }

  private static void end(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shutdownIsDoneWhenTheDaemonHasGone() {
    daemon
        .answer(DaemonControlGrpc.getGetInfoMethod(), GetInfoResponse.getDefaultInstance())
        .on(
            DaemonControlGrpc.getShutdownMethod(),
            (request, observer) -> {
              observer.onNext(ACCEPTED);
              observer.onError(Status.UNAVAILABLE.asRuntimeException());
            })
        .start();

    int exit = shell.run("shutdown");

    assertThat(exit).isZero();
    assertThat(shell.out()).as("nothing that was so before").isEmpty();
    assertThat(shell.err()).isEmpty();
  }
}

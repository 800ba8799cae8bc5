package dev.coffey.ctl;

import static dev.coffey.v1.OperationState.OPERATION_STATE_SUCCEEDED;
import static dev.coffey.v1.Outcome.OUTCOME_DONE;
import static dev.coffey.v1.ServiceState.SERVICE_STATE_RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import dev.coffey.v1.AlsoRestarts;
import dev.coffey.v1.ChangeEffect;
import dev.coffey.v1.ConfigControlGrpc;
import dev.coffey.v1.ConfigProblems;
import dev.coffey.v1.DaemonChange;
import dev.coffey.v1.PlanResponse;
import dev.coffey.v1.Problem;
import dev.coffey.v1.ServiceChange;
import dev.coffey.v1.ServiceOutcome;
import dev.coffey.v1.Severity;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReloadTest {
  private static final Problem MISSPELT =
      Problem.newBuilder()
          .setFile("/etc/coffey/config.yaml")
          .setLine(3)
          .setColumn(5)
          .setPath("services.api.binry")
          .setMessage("unknown key 'binry'")
          .setCode("unknown-key")
          .setSuggestion("did you mean 'binary'?")
          .build();
  private static final PlanResponse PLAN =
      PlanResponse.newBuilder()
          .addAdded("new")
          .addRemoved("old")
          .addChanged(
              ServiceChange.newBuilder()
                  .setName("api")
                  .addAllKeys(List.of("args", "env.PORT"))
                  .setEffect(ChangeEffect.CHANGE_EFFECT_RESTART))
          .addAllUnchanged(List.of("db", "web"))
          .addAlsoRestarts(AlsoRestarts.newBuilder().setName("web").setBecause("because of api"))
          .setBaseVersion(4)
          .build();

  private final FakeDaemon daemon = new FakeDaemon();
  private final Shell shell = Shell.at(daemon.socket());

  @AfterEach
  void close() {
    daemon.close();
  }

  private void refuse() {
    var status =
        com.google.rpc.Status.newBuilder()
            .setCode(Status.Code.FAILED_PRECONDITION.value())
            .setMessage("the configuration has errors; nothing has changed")
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder()
                        .setDomain("coffey.dev")
                        .setReason("INVALID_CONFIG")
                        .build()))
            .addDetails(Any.pack(ConfigProblems.newBuilder().addProblems(MISSPELT).build()))
            .build();
    daemon
        .on(
            ConfigControlGrpc.getReloadMethod(),
            (_, answer) -> answer.onError(StatusProto.toStatusRuntimeException(status)))
        .start();
  }

  @Test
  void planTellsWarningsApartFromErrors() {
    Problem warning = MISSPELT.toBuilder().setSeverity(Severity.SEVERITY_WARNING).build();
    daemon
        .answer(ConfigControlGrpc.getPlanMethod(), PLAN.toBuilder().addWarnings(warning).build())
        .start();

    shell.run("plan");

    assertThat(shell.err()).startsWith("/etc/coffey/config.yaml:3:5: warning: services.api.binry:");
  }

  @Test
  void planShowsALineForEachThatMoves() {
    daemon.answer(ConfigControlGrpc.getPlanMethod(), PLAN).start();

    assertThat(shell.run("plan")).isZero();

    assertThat(shell.out())
        .isEqualTo(
            """
            - old
            + new
            ~ api: restart (args, env.PORT)
            ~ web: restart, because of api
            unchanged: 1 service
            """);
  }

  @Test
  void planForProgramsIsOneDocument() {
    daemon.answer(ConfigControlGrpc.getPlanMethod(), PLAN).start();

    assertThat(shell.run("plan", "-j")).isZero();

    assertThat(shell.out())
        .isEqualTo(
            "{\"added\":[\"new\"],\"removed\":[\"old\"],\"changed\":[{\"name\":\"api\","
                + "\"keys\":[\"args\",\"env.PORT\"],\"effect\":\"restart\"}],"
                + "\"unchanged\":[\"db\",\"web\"],\"also_restarts\":[{\"name\":\"web\","
                + "\"because\":\"because of api\"}],\"base_version\":4}\n");
  }

  @Test
  void planShowsTheDaemonsOwnPartToo() {
    PlanResponse plan =
        PlanResponse.newBuilder()
            .addUnchanged("db")
            .addDaemon(
                DaemonChange.newBuilder()
                    .setKey("coffey.log")
                    .setEffect(ChangeEffect.CHANGE_EFFECT_DAEMON))
            .addDaemon(
                DaemonChange.newBuilder()
                    .setKey("coffey.shutdown_timeout")
                    .setEffect(ChangeEffect.CHANGE_EFFECT_LIVE))
            .build();
    daemon.answer(ConfigControlGrpc.getPlanMethod(), plan).start();

    shell.run("plan");
    String text = shell.out();
    shell.run("plan", "-j");

    assertThat(text)
        .isEqualTo(
            """
            ~ coffey.log: daemon restart
            ~ coffey.shutdown_timeout: live
            unchanged: 1 service
            """);
    assertThat(shell.out())
        .contains(
            "\"daemon\":[{\"key\":\"coffey.log\",\"effect\":\"daemon\"},"
                + "{\"key\":\"coffey.shutdown_timeout\",\"effect\":\"live\"}]");
  }

  @Test
  void planThatChangesNothingSaysSo() {
    daemon
        .answer(
            ConfigControlGrpc.getPlanMethod(), PlanResponse.newBuilder().addUnchanged("db").build())
        .start();

    assertThat(shell.run("plan")).isZero();
    assertThat(shell.out()).isEqualTo("nothing changes: 1 service\n");
  }

  @Test
  void reloadFollowsItsOperation() {
    ServiceOutcome up = Wires.outcome("api", SERVICE_STATE_RUNNING, OUTCOME_DONE);
    daemon
        .answer(
            ConfigControlGrpc.getReloadMethod(),
            Wires.accepted("reload", up),
            Wires.done("reload", OPERATION_STATE_SUCCEEDED, up))
        .start();

    assertThat(shell.run("reload")).isZero();
    assertThat(shell.out()).contains("api: running");
  }

  @Test
  void reloadThatChangesNoServiceSaysThatItIsDone() {
    daemon
        .answer(
            ConfigControlGrpc.getReloadMethod(),
            Wires.accepted("reload"),
            Wires.done("reload", OPERATION_STATE_SUCCEEDED))
        .start();

    assertThat(shell.run("reload")).isZero();
    assertThat(shell.out()).isEqualTo("the configuration is in force; it changes no service\n");
  }

  @Test
  void reloadThatIsRefusedTellsEveryProblemAndExitsWithEight() {
    refuse();

    assertThat(shell.run("reload")).isEqualTo(8);

    assertThat(shell.err())
        .isEqualTo(
            """
            coffeyctl: the configuration has errors; nothing has changed
              /etc/coffey/config.yaml:3:5: services.api.binry: unknown key 'binry' [unknown-key]
              did you mean 'binary'?
            """);
  }

  @Test
  void refusalForProgramsHoldsTheProblems() {
    refuse();

    assertThat(shell.run("reload", "-j")).isEqualTo(8);

    assertThat(shell.out())
        .contains("\"code\":\"unknown-key\"", "\"line\":3", "\"path\":\"services.api.binry\"");
  }

  @Test
  void whatNeedsTheDaemonsProgramSaysSoWhereItIsNotThere() {
    assertThat(shell.run("validate")).isEqualTo(1);
    assertThat(shell.err())
        .isEqualTo(
            "coffeyctl: cannot run 'validate': it is a verb of coffeyd, which is not beside this"
                + " client\n");
  }
}

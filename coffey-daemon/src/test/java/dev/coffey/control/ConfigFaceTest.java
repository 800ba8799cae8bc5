package dev.coffey.control;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.ImmutableList;
import dev.coffey.spec.Command;
import dev.coffey.spec.DaemonSpec;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.Plan;
import dev.coffey.spec.Problem;
import dev.coffey.spec.RestartPolicy;
import dev.coffey.spec.RestartSpec;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import dev.coffey.v1.ChangeEffect;
import dev.coffey.v1.ConfigControlGrpc;
import dev.coffey.v1.ConfigControlGrpc.ConfigControlBlockingStub;
import dev.coffey.v1.ConfigProblems;
import dev.coffey.v1.ExplainCodeRequest;
import dev.coffey.v1.Operation;
import dev.coffey.v1.OperationProgress;
import dev.coffey.v1.OperationState;
import dev.coffey.v1.Outcome;
import dev.coffey.v1.PlanRequest;
import dev.coffey.v1.PlanResponse;
import dev.coffey.v1.ReloadRequest;
import dev.coffey.v1.ServiceState;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFaceTest {
  private static final Problem MISSPELT =
      new Problem(
          Problem.Severity.ERROR,
          "unknown-key",
          "/etc/coffey/config.yaml:3:5",
          "services.api.binry",
          "unknown key 'binry'",
          "did you mean 'binary'?",
          "    binry: /b\n    ^");

  @TempDir Path dir;

  private TestHouse house;
  private FaceServer server;
  private ConfigControlBlockingStub config;
  private PlansAsFiles files;

  @BeforeEach
  void open() throws Exception {
    Plan plan =
        Plans.of(
            Plans.service("db"), Plans.service("api", "db"), Plans.service("old"), keeping("a"));
    house = new TestHouse(dir, plan);
    files = new PlansAsFiles(house.supervisor, plan);
    server = FaceServer.serving(dir, house.house(), new ConfigFace(house.house(), files));
    config =
        ConfigControlGrpc.newBlockingStub(server.channel()).withDeadlineAfter(60, TimeUnit.SECONDS);
    house.supervisor.begin();
    Operation begun = reload();
    assertThat(begun.getState()).isEqualTo(OperationState.OPERATION_STATE_SUCCEEDED);
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    house.close();
  }

  private static ServiceSpec keeping(String name) {
    return Plans.service(name).with(restarting(RestartPolicy.ALWAYS));
  }

  private static RestartSpec restarting(RestartPolicy policy) {
    RestartSpec usual = RestartSpec.DEFAULT;
    return new RestartSpec(
        policy,
        usual.successCodes(),
        usual.permanentFailureCodes(),
        usual.backoff(),
        usual.giveUp(),
        usual.onFailure());
  }

  private static ServiceSpec other(String name, String... requirements) {
    return Plans.service(name, requirements)
        .with(ExecSpec.of(new Command("/bin/sleep", List.of("2000"))));
  }

  private Operation reload() {
    List<OperationProgress> all =
        ImmutableList.copyOf(config.reload(ReloadRequest.getDefaultInstance()));
    return all.getLast().getDone();
  }

  private void replaceFiles() {
    files.replace(
        Plans.of(
            Plans.service("db"),
            other("api", "db"),
            Plans.service("new", "api"),
            keeping("a").with(restarting(RestartPolicy.NO))));
  }

  private int pid(String name) {
    return house
        .supervisor
        .snapshot()
        .fleet()
        .service(new ServiceName(name))
        .flatMap(service -> service.state().process())
        .orElseThrow()
        .pid();
  }

  @Test
  void planTellsWhatAReloadWouldDoAndDoesNothing() {
    int before = pid("api");
    replaceFiles();

    PlanResponse plan = config.plan(PlanRequest.getDefaultInstance());

    assertThat(plan.getAddedList()).containsExactly("new");
    assertThat(plan.getRemovedList()).containsExactly("old");
    assertThat(plan.getUnchangedList()).containsExactly("db");
    assertThat(
            plan.getChangedList().stream()
                .map(c -> c.getName() + " " + c.getKeysList() + " " + c.getEffect().getNumber()))
        .containsExactly("a [restart] 1", "api [args] 2");
    assertThat(plan.getBaseVersion()).isEqualTo(7);
    assertThat(pid("api")).isEqualTo(before);
  }

  @Test
  void planTellsOfTheDaemonsOwnPartWhatIsLiveAndWhatIsNot() {
    Plan plan = house.supervisor.snapshot().fleet().plan();
    DaemonSpec old = plan.daemon();
    files.replace(
        new Plan(
            new DaemonSpec(
                old.control(),
                old.directories(),
                new DaemonSpec.OwnLog("/var/log/own", false, "info", old.log().format()),
                1 << 20,
                old.limits()),
            plan.services()));

    PlanResponse told = config.plan(PlanRequest.getDefaultInstance());

    assertThat(told.getDaemonList().stream().map(c -> c.getKey() + " " + c.getEffect()))
        .containsExactly(
            "coffey.log " + ChangeEffect.CHANGE_EFFECT_DAEMON,
            "coffey.logs.max_total " + ChangeEffect.CHANGE_EFFECT_LIVE);
    assertThat(told.getWarningsList())
        .extracting(problem -> problem.getPath() + " " + problem.getCode())
        .containsExactly("coffey.log needs-daemon-restart");
  }

  @Test
  void reloadEndsWhenAllThatItTouchesIsAsItAsks() {
    int db = pid("db");
    int a = pid("a");
    int api = pid("api");
    replaceFiles();

    Operation done = reload();

    assertThat(done.getVerb()).isEqualTo("reload");
    assertThat(done.getState()).isEqualTo(OperationState.OPERATION_STATE_SUCCEEDED);
    assertThat(done.getServicesList().stream().map(s -> s.getService() + " " + s.getState()))
        .containsExactlyInAnyOrder(
            "a " + ServiceState.SERVICE_STATE_RUNNING,
            "api " + ServiceState.SERVICE_STATE_RUNNING,
            "new " + ServiceState.SERVICE_STATE_RUNNING,
            "old " + ServiceState.SERVICE_STATE_STOPPED);
    assertThat(List.of(pid("db"), pid("a"))).containsExactly(db, a);
    assertThat(pid("api")).isNotEqualTo(api);
    assertThat(done.getCaller().getUid()).isZero();
  }

  @Test
  void reloadFailsWithTheServiceThatDoesNotStart() {
    house.world.broken.add("new");
    replaceFiles();

    Operation done = reload();

    assertThat(done.getState()).isEqualTo(OperationState.OPERATION_STATE_FAILED);
    assertThat(done.getServicesList())
        .anySatisfy(one -> {
          assertThat(one.getService()).isEqualTo("new");
          assertThat(one.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
        });
  }

  @Test
  void whatDoesNotLoadIsToldAndChangesNothing() throws Exception {
    Plan before = house.supervisor.snapshot().fleet().plan();
    files.spoil(MISSPELT);

    StatusRuntimeException thrown =
        catchThrowableOfType(StatusRuntimeException.class, this::reload);

    assertThat(thrown.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    var problem =
        requireNonNull(StatusProto.fromThrowable(thrown))
            .getDetails(1)
            .unpack(ConfigProblems.class)
            .getProblems(0);
    assertThat(problem.getFile() + " " + problem.getLine() + " " + problem.getColumn())
        .isEqualTo("/etc/coffey/config.yaml 3 5");
    assertThat(problem.getSuggestion()).isEqualTo("did you mean 'binary'?");
    assertThat(problem.getSourceLine()).isEqualTo("    binry: /b");
    assertThat(house.supervisor.snapshot().fleet().plan()).isSameAs(before);
    assertThat(Failed.of(() -> config.plan(PlanRequest.getDefaultInstance())).reason())
        .isEqualTo("INVALID_CONFIG");
  }

  @Test
  void codesAreExplained() throws Exception {
    var request = ExplainCodeRequest.newBuilder();

    assertThat(config.explainCode(request.setCode("cycle").build()).getTitle())
        .isEqualTo("Services wait for each other.");
    assertThat(Failed.of(() -> config.explainCode(request.setCode("nix").build())).code())
        .isEqualTo(Status.Code.NOT_FOUND);
  }
}

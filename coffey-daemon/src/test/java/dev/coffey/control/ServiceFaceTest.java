package dev.coffey.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.FieldMask;
import dev.coffey.v1.GetServiceRequest;
import dev.coffey.v1.KillServicesRequest;
import dev.coffey.v1.ListServicesRequest;
import dev.coffey.v1.ListServicesResponse;
import dev.coffey.v1.OperationProgress;
import dev.coffey.v1.OperationState;
import dev.coffey.v1.Outcome;
import dev.coffey.v1.RestartServicesRequest;
import dev.coffey.v1.Service;
import dev.coffey.v1.ServiceControlGrpc;
import dev.coffey.v1.ServiceControlGrpc.ServiceControlBlockingStub;
import dev.coffey.v1.ServiceSelector;
import dev.coffey.v1.ServiceState;
import dev.coffey.v1.StartServicesRequest;
import dev.coffey.v1.StopServicesRequest;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceFaceTest {
  @TempDir Path dir;

  private TestHouse house;
  private FaceServer server;
  private ServiceControlBlockingStub services;

  @BeforeEach
  void open() throws Exception {
    house =
        new TestHouse(
            dir,
            Plans.of(
                Plans.service("db"),
                Plans.service("api", "db"),
                Plans.service("web@1"),
                Plans.service("web@2"),
                Plans.labelled("cache", Map.of("tier", "data")),
                Plans.resting("batch")));
    server = new FaceServer(dir, house.house());
    services =
        ServiceControlGrpc.newBlockingStub(server.channel())
            .withDeadlineAfter(60, TimeUnit.SECONDS);
    house.supervisor.begin();
    start("api", "web", "cache");
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    house.close();
  }

  private static ServiceSelector named(String... names) {
    return ServiceSelector.newBuilder().addAllNames(List.of(names)).build();
  }

  private List<OperationProgress> start(String... names) {
    return all(
        services.startServices(
            StartServicesRequest.newBuilder().setSelector(named(names)).build()));
  }

  private List<OperationProgress> stop(StopServicesRequest.Builder request) {
    return all(services.stopServices(request.build()));
  }

  private static List<OperationProgress> all(java.util.Iterator<OperationProgress> stream) {
    return ImmutableList.copyOf(stream);
  }

  private List<String> list(ServiceSelector selector) {
    return services
        .listServices(ListServicesRequest.newBuilder().setSelector(selector).build())
        .getServicesList()
        .stream()
        .map(Service::getName)
        .toList();
  }

  private Service get(String name) {
    return services.getService(GetServiceRequest.newBuilder().setName(name).build()).getService();
  }

  @Test
  void listTellsAllServicesAndTheDaemonAtOneRevision() {
    ListServicesResponse response = services.listServices(ListServicesRequest.getDefaultInstance());

    assertThat(response.getServicesList().stream().map(Service::getName))
        .containsExactly("api", "batch", "cache", "db", "web@1", "web@2");
    assertThat(response.getRevision()).isPositive();
    assertThat(response.getDaemon().getVersion()).isEqualTo("1.2.3");
    assertThat(response.getServices(0).getState()).isEqualTo(ServiceState.SERVICE_STATE_RUNNING);
    assertThat(response.getServices(0).getDependsOn(0).getMet()).isTrue();
    assertThat(response.getServices(1).hasPid()).isFalse();
  }

  @Test
  void namesPatternsTemplatesAndLabelsSelect() {
    assertThat(list(named("web"))).containsExactly("web@1", "web@2");
    assertThat(list(named("*@2", "d?"))).containsExactly("db", "web@2");
    assertThat(list(ServiceSelector.newBuilder().addLabels("tier=data").build()))
        .containsExactly("cache");
  }

  @Test
  void anUnknownNameIsNotFoundWithTheClosestOnes() throws Exception {
    Failed failed = Failed.of(() -> get("appi"));

    assertThat(failed.code()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(failed.reason()).isEqualTo("NO_SUCH_SERVICE");
    assertThat(failed.message()).isEqualTo("no service is named 'appi'; did you mean 'api'?");
    assertThat(failed.facts()).containsEntry("closest", "api");
  }

  @Test
  void onlyTheFieldsAskedForAreSent() throws Exception {
    var request =
        ListServicesRequest.newBuilder()
            .setReadMask(FieldMask.newBuilder().addPaths("state"))
            .build();

    Service api = services.listServices(request).getServices(0);

    assertThat(api)
        .isEqualTo(
            Service.newBuilder()
                .setName("api")
                .setState(ServiceState.SERVICE_STATE_RUNNING)
                .build());
    var wrong = request.toBuilder().setReadMask(FieldMask.newBuilder().addPaths("colour")).build();
    assertThat(Failed.of(() -> services.listServices(wrong)).reason()).isEqualTo("BAD_FIELD");
  }

  @Test
  void startingWhatRunsIsSuccessAndChangesNothing() {
    int pid = get("api").getPid();

    List<OperationProgress> progress = start("api");

    assertThat(progress.getFirst().hasAccepted()).isTrue();
    assertThat(progress.getLast().getDone().getState())
        .isEqualTo(OperationState.OPERATION_STATE_SUCCEEDED);
    assertThat(progress.getLast().getDone().getServicesList())
        .allMatch(one -> one.getOutcome() == Outcome.OUTCOME_UNCHANGED);
    assertThat(get("api").getPid()).isEqualTo(pid);
  }

  @Test
  void aRestartShowsItsStepsAndEndsWithANewRun() {
    Service before = get("cache");

    List<OperationProgress> progress =
        all(
            services.restartServices(
                RestartServicesRequest.newBuilder().setSelector(named("cache")).build()));

    Service after = get("cache");
    assertThat(after.getRunId()).isGreaterThan(before.getRunId());
    assertThat(progress.getLast().getDone().getServices(0).getOutcome())
        .isEqualTo(Outcome.OUTCOME_DONE);
    assertThat(progress.getLast().getDone().getCaller().getUid()).isZero();
    assertThat(progress.getLast().getDone().getRevision())
        .isLessThanOrEqualTo(
            services.listServices(ListServicesRequest.getDefaultInstance()).getRevision());
  }

  @Test
  void aFailedStartSaysWhy() {
    house.world.broken.add("batch");

    OperationProgress done = start("batch").getLast();

    assertThat(done.getDone().getState()).isEqualTo(OperationState.OPERATION_STATE_FAILED);
    assertThat(done.getDone().getReason()).contains("'batch' failed", "no such file");
  }

  @Test
  void stoppingWhatOthersNeedIsRefusedAndNamesThem() throws Exception {
    var request = StopServicesRequest.newBuilder().setSelector(named("db"));

    Failed failed = Failed.of(() -> stop(request));

    assertThat(failed.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(failed.reason()).isEqualTo("HAS_DEPENDENTS");
    assertThat(failed.facts()).containsEntry("dependents", "api").containsEntry("service", "db");

    List<OperationProgress> cascade = stop(request.setCascade(true));

    assertThat(cascade.getLast().getDone().getServicesList()).hasSize(2);
    assertThat(get("api").getState()).isEqualTo(ServiceState.SERVICE_STATE_STOPPED);
  }

  @Test
  void killingWhatDoesNotRunIsRefusedWithItsStateAndWhatIsAllowed() throws Exception {
    var request = KillServicesRequest.newBuilder().setSelector(named("batch")).setSignal("sigusr1");

    Failed failed = Failed.of(() -> all(services.killServices(request.build())));

    assertThat(failed.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(failed.facts())
        .containsEntry("state", "stopped")
        .containsEntry("allowed", "start,restart");

    all(services.killServices(request.setSelector(named("cache")).build()));

    assertThat(house.world.signals).contains("cache USR1");
    var wrong = request.setSignal("NOPE").build();
    assertThat(Failed.of(() -> all(services.killServices(wrong))).reason()).isEqualTo("BAD_FIELD");
  }

  @Test
  void aChangeOfEverythingMustBeMeant() throws Exception {
    Failed failed = Failed.of(() -> start());

    assertThat(failed.reason()).isEqualTo("NO_SELECTION");
    assertThat(failed.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void oneSlowStopHoldsUpNoOtherCommandAndNoRead() {
    house.world.stubborn.add("cache");
    var slow = StopServicesRequest.newBuilder().setSelector(named("cache")).setNoWait(true);

    List<OperationProgress> accepted = stop(slow);

    assertThat(accepted).hasSize(1);
    assertThat(get("cache").getState()).isEqualTo(ServiceState.SERVICE_STATE_STOPPING);
    assertThat(
            stop(StopServicesRequest.newBuilder().setSelector(named("web@1"))).getLast().hasDone())
        .isTrue();
    house.world.letGo("cache");
  }

  @Test
  void aReadWaitsForTheRevisionItHasHeardOf() throws Exception {
    long revision = services.listServices(ListServicesRequest.getDefaultInstance()).getRevision();
    var later = ListServicesRequest.newBuilder().setMinRevision(revision + 2).build();
    Thread.ofVirtual()
        .start(() -> stop(StopServicesRequest.newBuilder().setSelector(named("cache"))));

    assertThat(services.listServices(later).getRevision()).isGreaterThanOrEqualTo(revision + 2);

    var never = ListServicesRequest.newBuilder().setMinRevision(Long.MAX_VALUE).build();
    assertThat(
            Failed.of(() ->
                    services.withDeadlineAfter(200, TimeUnit.MILLISECONDS).listServices(never))
                .code())
        .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
  }
}

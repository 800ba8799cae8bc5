package dev.coffey.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.coffey.v1.GetServiceRequest;
import dev.coffey.v1.OperationProgress;
import dev.coffey.v1.OperationState;
import dev.coffey.v1.Outcome;
import dev.coffey.v1.PauseServicesRequest;
import dev.coffey.v1.RestartServicesRequest;
import dev.coffey.v1.ResumeServicesRequest;
import dev.coffey.v1.Service;
import dev.coffey.v1.ServiceControlGrpc;
import dev.coffey.v1.ServiceControlGrpc.ServiceControlBlockingStub;
import dev.coffey.v1.ServiceOutcome;
import dev.coffey.v1.ServiceSelector;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Services that are left alone, and services that are restarted one after another.
class HandTest {
  @TempDir Path dir;

  private TestHouse house;
  private FaceServer server;
  private ServiceControlBlockingStub services;

  @BeforeEach
  void open() throws Exception {
    house =
        new TestHouse(
            dir, Plans.of(Plans.service("web@1"), Plans.service("web@2"), Plans.service("web@3")));
    server = new FaceServer(dir, house.house());
    services =
        ServiceControlGrpc.newBlockingStub(server.channel())
            .withDeadlineAfter(60, TimeUnit.SECONDS);
    house.supervisor.begin();
    var _ = restart(1);
  }

  @AfterEach
  void close() {
    server.close();
    house.close();
  }

  private static ServiceSelector web() {
    return ServiceSelector.newBuilder().addNames("web").build();
  }

  private static List<OperationProgress> all(Iterator<OperationProgress> stream) {
    return ImmutableList.copyOf(stream);
  }

  private List<OperationProgress> restart(int atOnce) {
    return all(
        services.restartServices(
            RestartServicesRequest.newBuilder().setSelector(web()).setAtOnce(atOnce).build()));
  }

  private Service get(String name) {
    return services.getService(GetServiceRequest.newBuilder().setName(name).build()).getService();
  }

  @Test
  void pauseIsShownWithItsReasonAndEnd() {
    var request =
        PauseServicesRequest.newBuilder()
            .setSelector(web())
            .setTtlMs(60_000)
            .setReason("under the debugger");

    OperationProgress paused = all(services.pauseServices(request.build())).getLast();

    assertThat(paused.getDone().getState()).isEqualTo(OperationState.OPERATION_STATE_SUCCEEDED);
    Service service = get("web@1");
    assertThat(service.getPaused()).isTrue();
    assertThat(service.hasPausedUntil()).isTrue();
    assertThat(service.getReason()).isEqualTo("paused: under the debugger");

    var _ =
        all(services.resumeServices(ResumeServicesRequest.newBuilder().setSelector(web()).build()));
    assertThat(get("web@1").getPaused()).isFalse();
  }

  @Test
  void pauseOfNoLengthIsRefused() throws Exception {
    var request = PauseServicesRequest.newBuilder().setSelector(web()).setTtlMs(0).build();

    Failed failed = Failed.of(() -> all(services.pauseServices(request)));

    assertThat(failed.reason()).isEqualTo("BAD_FIELD");
    assertThat(failed.facts()).containsEntry("field", "ttl_ms");
  }

  @Test
  void rollingRestartIsOneOperationThatEndsWithTheLastOne() {
    List<Long> before = List.of(run(1), run(2), run(3));

    OperationProgress done = restart(1).getLast();

    assertThat(done.getDone().getState()).isEqualTo(OperationState.OPERATION_STATE_SUCCEEDED);
    assertThat(run(1)).isGreaterThan(before.get(0)).isLessThan(run(2));
    assertThat(run(2)).isLessThan(run(3));
    assertThat(house.world.signals).endsWith("web@1 TERM", "web@2 TERM", "web@3 TERM");
  }

  private long run(int instance) {
    return get("web@" + instance).getRunId();
  }

  @Test
  void rollingRestartLeavesTheRestAloneWhenOneDoesNotComeBack() {
    house.world.broken.add("web@2");
    long third = run(3);

    OperationProgress done = restart(1).getLast();

    assertThat(done.getDone().getState()).isEqualTo(OperationState.OPERATION_STATE_FAILED);
    assertThat(done.getDone().getServicesList())
        .extracting(ServiceOutcome::getOutcome)
        .containsExactlyInAnyOrder(
            Outcome.OUTCOME_DONE, Outcome.OUTCOME_FAILED, Outcome.OUTCOME_SKIPPED);
    assertThat(run(3)).isEqualTo(third);
  }

  @Test
  void rollingRestartOfNobodyAtATimeIsRefused() throws Exception {
    assertThat(Failed.of(() -> restart(0)).facts()).containsEntry("field", "at_once");
  }
}

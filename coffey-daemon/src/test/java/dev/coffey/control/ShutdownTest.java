package dev.coffey.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.coffey.v1.DaemonControlGrpc;
import dev.coffey.v1.GetInfoRequest;
import dev.coffey.v1.ListServicesRequest;
import dev.coffey.v1.OperationProgress;
import dev.coffey.v1.OperationState;
import dev.coffey.v1.ServiceControlGrpc;
import dev.coffey.v1.ServiceOutcome;
import dev.coffey.v1.ServiceSelector;
import dev.coffey.v1.ServiceState;
import dev.coffey.v1.ShutdownRequest;
import dev.coffey.v1.StartServicesRequest;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShutdownTest {
  @TempDir Path dir;

  private TestHouse house;
  private FaceServer server;

  @BeforeEach
  void open() throws Exception {
    house = new TestHouse(dir, Plans.of(Plans.service("db"), Plans.service("api", "db")));
    server = new FaceServer(dir, house.house());
    house.supervisor.begin();
    var _ =
        ImmutableList.copyOf(
            ServiceControlGrpc.newBlockingStub(server.channel()).startServices(startAll()));
  }

  @AfterEach
  void close() {
    server.close();
    house.close();
  }

  private static StartServicesRequest startAll() {
    return StartServicesRequest.newBuilder()
        .setSelector(ServiceSelector.newBuilder().setAll(true))
        .build();
  }

  private List<OperationProgress> shutdown(ShutdownRequest request) {
    return ImmutableList.copyOf(
        DaemonControlGrpc.newBlockingStub(server.channel())
            .withDeadlineAfter(60, TimeUnit.SECONDS)
            .shutdown(request));
  }

  @Test
  void aShutdownIsToldToItsEndAndDependentsGoFirst() {
    List<OperationProgress> progress = shutdown(ShutdownRequest.getDefaultInstance());

    assertThat(progress.getFirst().hasAccepted()).isTrue();
    assertThat(progress.getLast().getDone().getState())
        .isEqualTo(OperationState.OPERATION_STATE_SUCCEEDED);
    List<String> stopped =
        progress.stream()
            .map(OperationProgress::getService)
            .filter(one -> one.getState() == ServiceState.SERVICE_STATE_STOPPED)
            .map(ServiceOutcome::getService)
            .toList();
    assertThat(stopped).endsWith("db");
    assertThat(house.world.signals).containsExactly("api TERM", "db TERM");
  }

  @Test
  void afterTheEndReadsAreAnsweredAndCommandsAreUnavailable() throws Exception {
    var _ = shutdown(ShutdownRequest.getDefaultInstance());

    var services = ServiceControlGrpc.newBlockingStub(server.channel());
    Failed failed = Failed.of(() -> services.startServices(startAll()).hasNext());

    assertThat(failed.code()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(failed.reason()).isEqualTo("SHUTTING_DOWN");
    assertThat(services.listServices(ListServicesRequest.getDefaultInstance()).getServicesList())
        .hasSize(2);
    assertThat(
            DaemonControlGrpc.newBlockingStub(server.channel())
                .getInfo(GetInfoRequest.getDefaultInstance())
                .getDaemon()
                .getPhaseValue())
        .isEqualTo(dev.coffey.v1.DaemonPhase.DAEMON_PHASE_STOPPED_VALUE);
  }

  @Test
  void theFarewellWaitsForThoseWhoListenAndNotForEver() throws Exception {
    Farewell farewell = new Farewell();
    farewell.enter();
    Thread leaving = Thread.ofVirtual().start(farewell::leave);

    farewell.await();
    leaving.join();

    farewell.enter();
    long before = System.nanoTime();
    farewell.await();
    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(Farewell.WAIT_MAX.toNanos());
  }
}

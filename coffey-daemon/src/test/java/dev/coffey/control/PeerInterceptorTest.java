package dev.coffey.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.access.CallRoles;
import dev.coffey.access.Peer;
import dev.coffey.v1.ConfigControlGrpc;
import dev.coffey.v1.DaemonControlGrpc;
import dev.coffey.v1.EventReaderGrpc;
import dev.coffey.v1.GetInfoRequest;
import dev.coffey.v1.ListServicesRequest;
import dev.coffey.v1.LogReaderGrpc;
import dev.coffey.v1.OperationControlGrpc;
import dev.coffey.v1.ServiceControlGrpc;
import dev.coffey.v1.ShutdownRequest;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerInterceptorTest {
  @TempDir Path dir;

  @Test
  void whoIsNotKnownGetsNothing() throws Exception {
    try (TestHouse house = new TestHouse(dir, Plans.of(Plans.service("db")));
        FaceServer server = new FaceServer(dir, house.house(), Optional::empty)) {
      var stub =
          ServiceControlGrpc.newBlockingStub(server.channel())
              .withDeadlineAfter(60, TimeUnit.SECONDS);

      Failed failed = Failed.of(() -> stub.listServices(ListServicesRequest.getDefaultInstance()));

      assertThat(failed.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(failed.reason()).isEqualTo("UNKNOWN_CALLER");
    }
  }

  @Test
  void anObserverMayLookAndIsToldWhatItLacksForMore() throws Exception {
    Peers stranger = () -> Optional.of(new Peer(1, 4711, 4711));
    try (TestHouse house = new TestHouse(dir, Plans.of(Plans.service("db")));
        FaceServer server = new FaceServer(dir, house.house(), stranger)) {
      var stub =
          DaemonControlGrpc.newBlockingStub(server.channel())
              .withDeadlineAfter(60, TimeUnit.SECONDS);

      assertThat(stub.getInfo(GetInfoRequest.getDefaultInstance()).getDaemon().getPid())
          .isEqualTo(4711);
      Failed failed =
          Failed.of(() -> stub.shutdown(ShutdownRequest.getDefaultInstance()).hasNext());

      assertThat(failed.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(failed.message())
          .isEqualTo("uid 4711 has the role observer; Shutdown needs admin");
      assertThat(failed.facts()).containsEntry("role", "observer").containsEntry("needed", "admin");
    }
  }

  @Test
  void somebodyHasThoughtAboutTheRoleOfEveryCall() {
    var calls =
        Stream.of(
                ServiceControlGrpc.getServiceDescriptor(),
                OperationControlGrpc.getServiceDescriptor(),
                LogReaderGrpc.getServiceDescriptor(),
                EventReaderGrpc.getServiceDescriptor(),
                DaemonControlGrpc.getServiceDescriptor(),
                ConfigControlGrpc.getServiceDescriptor())
            .flatMap(service -> service.getMethods().stream());

    assertThat(calls).allMatch(call -> CallRoles.lists(call.getFullMethodName()));
  }

  @Test
  void oneUserGetsOnlyItsShareOfCalls() {
    CallQuota quota = new CallQuota();
    for (int i = 0; i < CallQuota.CALLS_PER_UID_MAX; i++) {
      assertThat(quota.enter(1000)).isTrue();
    }

    assertThat(quota.enter(1000)).isFalse();
    assertThat(quota.enter(1001)).isTrue();

    Runnable leave = quota.leaveOnce(1000);
    leave.run();
    leave.run();

    assertThat(quota.enter(1000)).isTrue();
    assertThat(quota.enter(1000)).isFalse();
  }
}

package dev.coffey.control;

import dev.coffey.supervisor.Ground;
import dev.coffey.v1.DaemonControlGrpc;
import dev.coffey.v1.DiagnoseRequest;
import dev.coffey.v1.DiagnoseResponse;
import dev.coffey.v1.Finding;
import dev.coffey.v1.FindingLevel;
import dev.coffey.v1.GetInfoRequest;
import dev.coffey.v1.GetInfoResponse;
import dev.coffey.v1.OperationProgress;
import dev.coffey.v1.ShutdownRequest;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;

/// Reads and moves the daemon.
@GrpcService
final class DaemonFace extends DaemonControlGrpc.DaemonControlImplBase {
  private final House house;
  private final Farewell farewell;

  @Inject
  DaemonFace(House house, ControlSocket socket) {
    this(house, socket.farewell());
  }

  DaemonFace(House house, Farewell farewell) {
    this.house = house;
    this.farewell = farewell;
  }

  @Override
  public void getInfo(GetInfoRequest request, StreamObserver<GetInfoResponse> observer) {
    Calls.answer(
        observer, () -> GetInfoResponse.newBuilder().setDaemon(house.daemon().message()).build());
  }

  @Override
  public void diagnose(DiagnoseRequest request, StreamObserver<DiagnoseResponse> observer) {
    Calls.answer(
        observer,
        () -> {
          var response = DiagnoseResponse.newBuilder();
          house.ground().offers().forEach(offer -> response.addFindings(finding(offer)));
          return response.build();
        });
  }

  private static Finding finding(Ground.Offer offer) {
    var finding = Finding.newBuilder().setTopic(offer.topic());
    return offer.present()
        ? finding.setLevel(FindingLevel.FINDING_LEVEL_GOOD).setMessage(offer.name()).build()
        : finding
            .setLevel(FindingLevel.FINDING_LEVEL_MISSING)
            .setMessage("%s: %s".formatted(offer.name(), offer.without()))
            .build();
  }

  @Override
  public void shutdown(ShutdownRequest request, StreamObserver<OperationProgress> observer) {
    if (request.hasTimeoutMs() || request.getKeepServices()) {
      observer.onError(
          Status.UNIMPLEMENTED
              .withDescription("shutdown with timeout_ms or keep_services is not available")
              .asRuntimeException());
      return;
    }
    Outflow.begin(observer, wake -> new ShutdownSource(house, farewell, request.getNoWait(), wake));
  }
}

package dev.coffey.control;

import dev.coffey.lifecycle.Service;
import dev.coffey.v1.LogReaderGrpc;
import dev.coffey.v1.TailLogsRequest;
import dev.coffey.v1.TailLogsResponse;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
import java.util.List;

/// Reads what services wrote.
@GrpcService
final class LogFace extends LogReaderGrpc.LogReaderImplBase {
  private final House house;

  @Inject
  LogFace(House house) {
    this.house = house;
  }

  @Override
  public void tailLogs(TailLogsRequest request, StreamObserver<TailLogsResponse> observer) {
    Outflow.begin(
        observer,
        wake -> {
          LogRequest asked = new LogRequest(request);
          List<Service> services =
              Selection.of(request.getSelector()).inFleet(house.supervisor().snapshot().fleet());
          return LogSource.open(house, asked, services, wake);
        });
  }
}

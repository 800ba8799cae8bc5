package dev.coffey.control;

import com.google.rpc.Code;
import dev.coffey.supervisor.Operation;
import dev.coffey.supervisor.Snapshot;
import dev.coffey.v1.ErrorReason;
import dev.coffey.v1.GetOperationRequest;
import dev.coffey.v1.ListOperationsRequest;
import dev.coffey.v1.ListOperationsResponse;
import dev.coffey.v1.OperationControlGrpc;
import dev.coffey.v1.OperationProgress;
import dev.coffey.v1.WatchOperationRequest;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Looks at commands from elsewhere than the call that gave them.
@GrpcService
final class OperationFace extends OperationControlGrpc.OperationControlImplBase {
  private static final int PAGE_SIZE_DEFAULT = 50;
  private static final int PAGE_SIZE_MAX = 1000;

  private final House house;

  @Inject
  OperationFace(House house) {
    this.house = house;
  }

  @Override
  public void getOperation(
      GetOperationRequest request, StreamObserver<dev.coffey.v1.Operation> observer) {
    Calls.answer(
        observer,
        () -> house.operations().message(find(request.getId()), house.supervisor().snapshot()));
  }

  @Override
  public void watchOperation(
      WatchOperationRequest request, StreamObserver<OperationProgress> observer) {
    Outflow.begin(
        observer,
        wake -> new OperationSource(house.operationView(), find(request.getId()), false, wake));
  }

  @Override
  public void listOperations(
      ListOperationsRequest request, StreamObserver<ListOperationsResponse> observer) {
    Calls.answer(observer, () -> page(request));
  }

  private ListOperationsResponse page(ListOperationsRequest request) {
    int size = request.hasPageSize() ? request.getPageSize() : PAGE_SIZE_DEFAULT;
    if (size < 1 || size > PAGE_SIZE_MAX) {
      throw Failure.badField("page_size", Integer.toString(size), "from 1 to " + PAGE_SIZE_MAX);
    }
    long before =
        request.hasPageToken()
            ? OperationMessages.number(request.getPageToken())
                .orElseThrow(() ->
                    Failure.badField(
                        "page_token", request.getPageToken(), "from an earlier response"))
            : Long.MAX_VALUE;
    Snapshot snapshot = house.supervisor().snapshot();
    Predicate<dev.coffey.v1.Operation> fits = filter(request, snapshot);
    var response = ListOperationsResponse.newBuilder();
    for (Operation operation : house.supervisor().operations().list().reversed()) {
      if (operation.id() >= before) {
        continue;
      }
      dev.coffey.v1.Operation message = house.operations().message(operation, snapshot);
      if (fits.test(message)) {
        if (response.getOperationsCount() == size) {
          List<dev.coffey.v1.Operation> page = response.getOperationsList();
          return response.setNextPageToken(page.getLast().getId()).build();
        }
        response.addOperations(message);
      }
    }
    return response.build();
  }

  private static Predicate<dev.coffey.v1.Operation> filter(
      ListOperationsRequest request, Snapshot snapshot) {
    Selection selection = Selection.of(request.getSelector());
    List<String> names =
        selection.everything()
            ? List.of()
            : selection.inFleet(snapshot.fleet()).stream()
                .map(service -> service.name().value())
                .toList();
    Instant since = request.hasSince() ? WallTime.instant(request.getSince()) : Instant.MIN;
    Instant until = request.hasUntil() ? WallTime.instant(request.getUntil()) : Instant.MAX;
    return operation -> {
      Instant accepted = WallTime.instant(operation.getAcceptedAt());
      return (selection.everything()
              || operation.getServicesList().stream()
                  .anyMatch(one -> names.contains(one.getService())))
          && (request.getStatesCount() == 0
              || request.getStatesList().contains(operation.getState()))
          && !accepted.isBefore(since)
          && accepted.isBefore(until);
    };
  }

  private Operation find(String id) {
    Optional<Operation> found =
        OperationMessages.number(id).flatMap(house.supervisor().operations()::find);
    return found.orElseThrow(() ->
        Failure.of(
            Code.NOT_FOUND,
            ErrorReason.ERROR_REASON_NO_SUCH_OPERATION,
            "there is no operation '%s', or it is too old".formatted(id),
            Map.of("operation", id)));
  }
}

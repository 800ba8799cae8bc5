package dev.coffey.control;

import dev.coffey.fleet.Command;
import dev.coffey.fleet.Command.Dependents;
import dev.coffey.fleet.Fleet;
import dev.coffey.fleet.ServiceView;
import dev.coffey.lifecycle.Service;
import dev.coffey.spec.ServiceName;
import dev.coffey.supervisor.Operation;
import dev.coffey.supervisor.Snapshot;
import dev.coffey.v1.AttachRequest;
import dev.coffey.v1.AttachResponse;
import dev.coffey.v1.GetServiceRequest;
import dev.coffey.v1.GetServiceResponse;
import dev.coffey.v1.KillServicesRequest;
import dev.coffey.v1.ListServicesRequest;
import dev.coffey.v1.ListServicesResponse;
import dev.coffey.v1.OperationProgress;
import dev.coffey.v1.PauseServicesRequest;
import dev.coffey.v1.RestartServicesRequest;
import dev.coffey.v1.ResumeServicesRequest;
import dev.coffey.v1.SendInputRequest;
import dev.coffey.v1.SendInputResponse;
import dev.coffey.v1.ServiceControlGrpc;
import dev.coffey.v1.ServiceSelector;
import dev.coffey.v1.StartServicesRequest;
import dev.coffey.v1.StopServicesRequest;
import dev.coffey.v1.WatchServicesRequest;
import dev.coffey.v1.WatchServicesResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads and moves services.
@GrpcService
final class ServiceFace extends ServiceControlGrpc.ServiceControlImplBase {
  private static final int LOG_TAIL_LINES_DEFAULT = 10;
  private static final int LOG_TAIL_LINES_MAX = 1000;
  private static final int REASON_CHARS_MAX = 500;
  private static final long TTL_MS_MAX = Duration.ofDays(3650).toMillis();

  private final House house;
  private final Commands commands;
  private final Revisions revisions;

  @Inject
  ServiceFace(House house) {
    this.house = house;
    this.commands = new Commands(house.supervisor());
    this.revisions = new Revisions(house.supervisor());
  }

  @Override
  public void listServices(
      ListServicesRequest request, StreamObserver<ListServicesResponse> observer) {
    Calls.answer(
        observer,
        () -> {
          Selection selection = Selection.of(request.getSelector());
          Mask mask = Mask.of(request.getReadMask());
          house.usages().read();
          if (request.hasMinRevision()) {
            revisions.await(request.getMinRevision());
          }
          // Read first: every event up to it has its effect in a snapshot that is read later.
          long seq = house.events().last();
          Snapshot snapshot = house.supervisor().snapshot();
          Instant now = house.wall().now();
          var response =
              ListServicesResponse.newBuilder()
                  .setRevision(snapshot.revision())
                  .setEventSeq(seq)
                  .setDaemon(house.daemon().message())
                  .addAllGroups(snapshot.fleet().plan().groups().keySet());
          for (Service service : selection.inFleet(snapshot.fleet())) {
            response.addServices(mask.applied(message(snapshot.fleet(), service, now)));
          }
          InvalidServices.messages(snapshot.fleet(), selection)
              .forEach(service -> response.addServices(mask.applied(service)));
          return response.build();
        });
  }

  @Override
  public void getService(GetServiceRequest request, StreamObserver<GetServiceResponse> observer) {
    Calls.answer(
        observer,
        () -> {
          Mask mask = Mask.of(request.getReadMask());
          house.usages().read();
          int lines = tailLines(request);
          if (request.hasMinRevision()) {
            revisions.await(request.getMinRevision());
          }
          long seq = house.events().last();
          Snapshot snapshot = house.supervisor().snapshot();
          var message = one(snapshot.fleet(), request.getName(), lines);
          return GetServiceResponse.newBuilder()
              .setService(mask.applied(message))
              .setRevision(snapshot.revision())
              .setEventSeq(seq)
              .setDaemon(house.daemon().message())
              .build();
        });
  }

  private dev.coffey.v1.Service one(Fleet fleet, String name, int lines) {
    var invalid =
        ServiceName.valid(name)
            ? InvalidServices.message(fleet, new ServiceName(name))
            : Optional.<dev.coffey.v1.Service>empty();
    if (invalid.isPresent()) {
      return invalid.get();
    }
    Service service = Selection.one(fleet, name);
    return message(fleet, service, house.wall().now()).toBuilder()
        .addAllLogTail(new LogMessages().lines(house.logs().tail(service.name(), lines)))
        .build();
  }

  private static int tailLines(GetServiceRequest request) {
    int lines = request.hasLogTailLines() ? request.getLogTailLines() : LOG_TAIL_LINES_DEFAULT;
    if (lines < 0 || lines > LOG_TAIL_LINES_MAX) {
      throw Failure.badField(
          "log_tail_lines", Integer.toString(lines), "from 0 to " + LOG_TAIL_LINES_MAX);
    }
    return lines;
  }

  @Override
  public void watchServices(
      WatchServicesRequest request, StreamObserver<WatchServicesResponse> observer) {
    Outflow.begin(
        observer,
        wake ->
            new ServiceWatch(
                house.watchView(),
                Selection.of(request.getSelector()),
                Mask.of(request.getReadMask()),
                wake));
  }

  @Override
  public void startServices(
      StartServicesRequest request, StreamObserver<OperationProgress> observer) {
    operate(
        observer,
        request.getSelector(),
        request.getNoWait(),
        names -> new Command.Start(names, !request.getNoDeps()));
  }

  @Override
  public void stopServices(
      StopServicesRequest request, StreamObserver<OperationProgress> observer) {
    if (request.getCascade() && request.getForce()) {
      observer.onError(Failure.badField("force", "true", "false when cascade is true"));
      return;
    }
    Dependents dependents =
        request.getCascade()
            ? Dependents.CASCADE
            : request.getForce() ? Dependents.LEAVE : Dependents.REFUSE;
    operate(
        observer,
        request.getSelector(),
        request.getNoWait(),
        names -> new Command.Stop(names, dependents));
  }

  @Override
  public void restartServices(
      RestartServicesRequest request, StreamObserver<OperationProgress> observer) {
    if (request.hasAtOnce() && request.getAtOnce() < 1) {
      observer.onError(
          Failure.badField("at_once", Integer.toString(request.getAtOnce()), "1 or more"));
      return;
    }
    operate(
        observer,
        request.getSelector(),
        request.getNoWait(),
        names ->
            new Command.Restart(
                names, !request.getNoDeps(), request.getCascade(), request.getAtOnce()));
  }

  @Override
  public void pauseServices(
      PauseServicesRequest request, StreamObserver<OperationProgress> observer) {
    if (request.hasTtlMs() && (request.getTtlMs() < 1 || request.getTtlMs() > TTL_MS_MAX)) {
      observer.onError(
          Failure.badField("ttl_ms", Long.toString(request.getTtlMs()), "from 1 to " + TTL_MS_MAX));
      return;
    }
    if (request.getReason().length() > REASON_CHARS_MAX) {
      observer.onError(
          Failure.badField(
              "reason", request.getReason().length() + " characters", "up to " + REASON_CHARS_MAX));
      return;
    }
    @Nullable Duration ttl = request.hasTtlMs() ? Duration.ofMillis(request.getTtlMs()) : null;
    operate(
        observer,
        request.getSelector(),
        request.getNoWait(),
        names -> new Command.Pause(names, ttl, request.getReason()));
  }

  @Override
  public void resumeServices(
      ResumeServicesRequest request, StreamObserver<OperationProgress> observer) {
    operate(observer, request.getSelector(), request.getNoWait(), Command.Resume::new);
  }

  @Override
  public void killServices(
      KillServicesRequest request, StreamObserver<OperationProgress> observer) {
    if (request.getWholeGroup()) {
      observer.onError(notYet("kill with whole_group"));
      return;
    }
    operate(
        observer,
        request.getSelector(),
        request.getNoWait(),
        names -> new Command.Signal(names, SignalWord.of(request.getSignal())));
  }

  @Override
  public void sendInput(SendInputRequest request, StreamObserver<SendInputResponse> observer) {
    Calls.answer(observer, () -> InputCall.send(house, request));
  }

  @Override
  public StreamObserver<AttachRequest> attach(StreamObserver<AttachResponse> observer) {
    Attachment attachment = new Attachment(house);
    Outflow.begin(observer, attachment::open);
    return attachment;
  }

  private void operate(
      StreamObserver<OperationProgress> observer,
      ServiceSelector selector,
      boolean noWait,
      Function<List<ServiceName>, Command> command) {
    Caller caller = Caller.KEY.get();
    Outflow.begin(
        observer,
        wake -> {
          Fleet fleet = house.supervisor().snapshot().fleet();
          List<ServiceName> names = Selection.of(selector).toChange(fleet);
          Operation operation = commands.give(command.apply(names));
          house.operations().callers().note(operation.id(), caller);
          return new OperationSource(house.operationView(), operation, noWait, wake);
        });
  }

  private dev.coffey.v1.Service message(Fleet fleet, Service service, Instant now) {
    return house.services().message(ServiceView.of(fleet, service), now);
  }

  private static StatusRuntimeException notYet(String what) {
    return Status.UNIMPLEMENTED.withDescription(what + " is not available").asRuntimeException();
  }
}

package dev.coffey.ctl.client;

import com.google.protobuf.FieldMask;
import dev.coffey.v1.AttachRequest;
import dev.coffey.v1.AttachStart;
import dev.coffey.v1.ConfigControlGrpc;
import dev.coffey.v1.DaemonControlGrpc;
import dev.coffey.v1.DiagnoseRequest;
import dev.coffey.v1.DiagnoseResponse;
import dev.coffey.v1.GetInfoRequest;
import dev.coffey.v1.GetInfoResponse;
import dev.coffey.v1.GetServiceRequest;
import dev.coffey.v1.GetServiceResponse;
import dev.coffey.v1.KillServicesRequest;
import dev.coffey.v1.ListServicesRequest;
import dev.coffey.v1.ListServicesResponse;
import dev.coffey.v1.LogReaderGrpc;
import dev.coffey.v1.OperationProgress;
import dev.coffey.v1.PauseServicesRequest;
import dev.coffey.v1.PlanRequest;
import dev.coffey.v1.PlanResponse;
import dev.coffey.v1.ReloadRequest;
import dev.coffey.v1.RestartServicesRequest;
import dev.coffey.v1.ResumeServicesRequest;
import dev.coffey.v1.SendInputRequest;
import dev.coffey.v1.SendInputResponse;
import dev.coffey.v1.ServiceControlGrpc;
import dev.coffey.v1.ShutdownRequest;
import dev.coffey.v1.StartServicesRequest;
import dev.coffey.v1.StopServicesRequest;
import dev.coffey.v1.TailLogsRequest;
import dev.coffey.v1.TailLogsResponse;
import dev.coffey.v1.WatchServicesRequest;
import dev.coffey.v1.WatchServicesResponse;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The daemon as the verbs see it: each call with its deadline, each failure a sentence.
///
/// Calls that read have a deadline of their own. Calls that change wait as long as the caller said,
/// and the operation goes on when that has passed.
public final class Daemon implements AutoCloseable {
  private static final Optional<Duration> READ_TIMEOUT = Optional.of(Duration.ofSeconds(10));

  private static final Optional<Duration> NAMES_TIMEOUT = Optional.of(Duration.ofSeconds(2));

  /// All files are read for it.
  private static final Optional<Duration> PLAN_TIMEOUT = Optional.of(Duration.ofMinutes(1));

  private final ControlSocket socket;
  private final Transport transport;

  private Daemon(ControlSocket socket, Transport transport) {
    this.socket = socket;
    this.transport = transport;
  }

  /// Connects on the first call. `trace` is told about the calls.
  public static Daemon at(ControlSocket socket, Optional<Trace> trace) {
    Failures.check(socket);
    return new Daemon(socket, Transport.to(socket.path(), trace));
  }

  public ListServicesResponse list(ListServicesRequest request) {
    return read("ListServices", () -> services(READ_TIMEOUT).listServices(request));
  }

  /// All services by name alone, and the groups. Somebody waits for it at the keyboard.
  public ListServicesResponse names() {
    ListServicesRequest request =
        ListServicesRequest.newBuilder()
            .setReadMask(FieldMask.newBuilder().addPaths("name"))
            .build();
    return read("ListServices", () -> services(NAMES_TIMEOUT).listServices(request));
  }

  public GetServiceResponse get(GetServiceRequest request) {
    return read("GetService", () -> services(READ_TIMEOUT).getService(request));
  }

  public GetInfoResponse info() {
    return read("GetInfo", () -> daemon(READ_TIMEOUT).getInfo(GetInfoRequest.getDefaultInstance()));
  }

  public DiagnoseResponse diagnose() {
    return read(
        "Diagnose", () -> daemon(READ_TIMEOUT).diagnose(DiagnoseRequest.getDefaultInstance()));
  }

  public Answers<WatchServicesResponse> watch(
      WatchServicesRequest request, Optional<Duration> wait) {
    return stream("WatchServices", () -> services(wait).watchServices(request));
  }

  public Answers<TailLogsResponse> logs(TailLogsRequest request) {
    var stub = LogReaderGrpc.newBlockingStub(transport.channel());
    return stream("TailLogs", () -> stub.tailLogs(request));
  }

  /// The same from files, without a daemon.
  public static <T> Answers<T> local(Supplier<Iterator<T>> reading, ControlSocket socket) {
    return Answers.of(reading, failure -> Failures.of(failure, socket, "reading files"));
  }

  public Answers<OperationProgress> start(StartServicesRequest request, Optional<Duration> wait) {
    return stream("StartServices", () -> services(wait).startServices(request));
  }

  public Answers<OperationProgress> stop(StopServicesRequest request, Optional<Duration> wait) {
    return stream("StopServices", () -> services(wait).stopServices(request));
  }

  public Answers<OperationProgress> restart(
      RestartServicesRequest request, Optional<Duration> wait) {
    return stream("RestartServices", () -> services(wait).restartServices(request));
  }

  public Answers<OperationProgress> kill(KillServicesRequest request, Optional<Duration> wait) {
    return stream("KillServices", () -> services(wait).killServices(request));
  }

  public SendInputResponse send(SendInputRequest request) {
    return read("SendInput", () -> services(READ_TIMEOUT).sendInput(request));
  }

  public Attached attach(AttachStart start) {
    Attached attached =
        new Attached(
            answers -> ServiceControlGrpc.newStub(transport.channel()).attach(answers),
            failure -> Failures.of(failure, socket, "Attach"));
    attached.send(AttachRequest.newBuilder().setStart(start).build());
    return attached;
  }

  public Answers<OperationProgress> pause(PauseServicesRequest request, Optional<Duration> wait) {
    return stream("PauseServices", () -> services(wait).pauseServices(request));
  }

  public Answers<OperationProgress> resume(ResumeServicesRequest request, Optional<Duration> wait) {
    return stream("ResumeServices", () -> services(wait).resumeServices(request));
  }

  public Answers<OperationProgress> shutdown(ShutdownRequest request, Optional<Duration> wait) {
    return stream("Shutdown", () -> daemon(wait).shutdown(request));
  }

  public PlanResponse plan() {
    return read("Plan", () -> config(PLAN_TIMEOUT).plan(PlanRequest.getDefaultInstance()));
  }

  public Answers<OperationProgress> reload(ReloadRequest request, Optional<Duration> wait) {
    return stream("Reload", () -> config(wait).reload(request));
  }

  @Override
  public void close() {
    transport.close();
  }

  private ServiceControlGrpc.ServiceControlBlockingStub services(Optional<Duration> timeout) {
    return within(timeout, ServiceControlGrpc.newBlockingStub(transport.channel()));
  }

  private DaemonControlGrpc.DaemonControlBlockingStub daemon(Optional<Duration> timeout) {
    return within(timeout, DaemonControlGrpc.newBlockingStub(transport.channel()));
  }

  private ConfigControlGrpc.ConfigControlBlockingStub config(Optional<Duration> timeout) {
    return within(timeout, ConfigControlGrpc.newBlockingStub(transport.channel()));
  }

  private static <S extends AbstractStub<S>> S within(Optional<Duration> timeout, S stub) {
    return timeout
        .map(limit -> stub.withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS))
        .orElse(stub);
  }

  private <T> T read(String call, Supplier<T> ask) {
    try {
      return ask.get();
    } catch (StatusRuntimeException e) {
      throw Failures.of(e, socket, call);
    }
  }

  private <T> Answers<T> stream(String call, Supplier<Iterator<T>> ask) {
    return Answers.of(ask, failure -> Failures.of(failure, socket, call));
  }
}

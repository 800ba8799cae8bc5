package dev.coffey.ctl;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.rpc.ErrorInfo;
import dev.coffey.v1.DaemonInfo;
import dev.coffey.v1.DaemonPhase;
import dev.coffey.v1.Dependency;
import dev.coffey.v1.DependencyCondition;
import dev.coffey.v1.Desired;
import dev.coffey.v1.Health;
import dev.coffey.v1.LogLine;
import dev.coffey.v1.LogMarker;
import dev.coffey.v1.LogStream;
import dev.coffey.v1.Operation;
import dev.coffey.v1.OperationProgress;
import dev.coffey.v1.OperationState;
import dev.coffey.v1.Outcome;
import dev.coffey.v1.Result;
import dev.coffey.v1.ResultKind;
import dev.coffey.v1.Service;
import dev.coffey.v1.ServiceOutcome;
import dev.coffey.v1.ServiceState;
import dev.coffey.v1.TailLogsResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Messages as a daemon would send them.
final class Wires {
  private Wires() {}

  static Timestamp at(String time) {
    Instant instant = Instant.parse(time);
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  static DaemonInfo daemon() {
    return DaemonInfo.newBuilder()
        .setVersion("0.1.0")
        .setPid(4711)
        .setPhase(DaemonPhase.DAEMON_PHASE_RUNNING)
        .setSince(at("2026-11-21T05:00:00Z"))
        .setConfigVersion(3)
        .setReady(true)
        .setUptimeMs(10_800_000)
        .build();
  }

  static Service api() {
    return Service.newBuilder()
        .setName("api")
        .setState(ServiceState.SERVICE_STATE_RUNNING)
        .setDesired(Desired.DESIRED_UP)
        .setHealth(Health.HEALTH_HEALTHY)
        .setPid(4712)
        .setRunId(17)
        .setRestarts(2)
        .setSince(at("2026-11-21T07:00:00.250Z"))
        .setReadySince(at("2026-11-21T07:00:01Z"))
        .setResult(
            Result.newBuilder()
                .setKind(ResultKind.RESULT_KIND_SIGNAL)
                .setSignal("KILL")
                .setSignalNumber(9)
                .setAt(at("2026-11-21T06:59:59Z")))
        .addDependsOn(
            Dependency.newBuilder()
                .setName("db")
                .setCondition(DependencyCondition.DEPENDENCY_CONDITION_HEALTHY)
                .setMet(true))
        .setUptimeMs(3_600_000)
        .setCpuPercent(1.26)
        .setMemoryBytes(47_185_920)
        .setTasks(12)
        .addListen("127.0.0.1:8080")
        .putLabels("tier", "web")
        .build();
  }

  static Service db() {
    return Service.newBuilder()
        .setName("db")
        .setState(ServiceState.SERVICE_STATE_BACKOFF)
        .setDesired(Desired.DESIRED_UP)
        .setHealth(Health.HEALTH_NONE)
        .setRunId(16)
        .setRestarts(3)
        .setAttempt(4)
        .setSince(at("2026-11-21T07:59:58Z"))
        .setNextTry(at("2026-11-21T08:00:04Z"))
        .setResult(
            Result.newBuilder()
                .setKind(ResultKind.RESULT_KIND_EXIT_CODE)
                .setExitCode(1)
                .setAt(at("2026-11-21T07:59:58Z")))
        .build();
  }

  static LogLine line(long seq, String text) {
    return LogLine.newBuilder()
        .setService("api")
        .setRunId(17)
        .setStream(LogStream.LOG_STREAM_STDOUT)
        .setTime(at("2026-11-21T07:59:00.123Z"))
        .setSeq(seq)
        .setText(ByteString.copyFromUtf8(text))
        .build();
  }

  static LogLine marker(long seq, LogMarker marker) {
    return LogLine.newBuilder()
        .setService("api")
        .setRunId(18)
        .setTime(at("2026-11-21T07:59:01Z"))
        .setSeq(seq)
        .setMarker(marker)
        .build();
  }

  static TailLogsResponse batch(LogLine... lines) {
    return TailLogsResponse.newBuilder().addAllLines(List.of(lines)).build();
  }

  static OperationProgress accepted(String verb, ServiceOutcome... outcomes) {
    return OperationProgress.newBuilder()
        .setOperationId("op-7")
        .setAccepted(operation(verb, OperationState.OPERATION_STATE_RUNNING, outcomes))
        .build();
  }

  static OperationProgress moved(ServiceOutcome outcome) {
    return OperationProgress.newBuilder().setOperationId("op-7").setService(outcome).build();
  }

  static OperationProgress done(String verb, OperationState state, ServiceOutcome... outcomes) {
    return OperationProgress.newBuilder()
        .setOperationId("op-7")
        .setDone(operation(verb, state, outcomes).toBuilder().setTookMs(340))
        .build();
  }

  static ServiceOutcome outcome(String service, ServiceState state, Outcome outcome) {
    return ServiceOutcome.newBuilder()
        .setService(service)
        .setState(state)
        .setOutcome(outcome)
        .build();
  }

  static StatusRuntimeException failure(
      Status.Code code, String message, String reason, Map<String, String> metadata) {
    ErrorInfo info =
        ErrorInfo.newBuilder()
            .setDomain("coffey.dev")
            .setReason(reason)
            .putAllMetadata(metadata)
            .build();
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(code.value())
            .setMessage(message)
            .addDetails(Any.pack(info))
            .build());
  }

  private static Operation operation(
      String verb, OperationState state, ServiceOutcome... outcomes) {
    return Operation.newBuilder()
        .setId("op-7")
        .setVerb(verb)
        .setState(state)
        .setAcceptedAt(at("2026-11-21T08:00:00Z"))
        .addAllServices(List.of(outcomes))
        .build();
  }
}

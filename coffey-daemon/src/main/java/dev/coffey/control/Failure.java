package dev.coffey.control;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import dev.coffey.v1.ConfigProblems;
import dev.coffey.v1.ErrorReason;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Map;

/// How calls fail: a code and a sentence for people, a reason with its facts for programs.
final class Failure {
  static final String DOMAIN = "coffey.dev";

  private static final String REASON_PREFIX = "ERROR_REASON_";

  private Failure() {}

  static StatusRuntimeException of(
      Code code, ErrorReason reason, String message, Map<String, String> facts) {
    ErrorInfo info =
        ErrorInfo.newBuilder()
            .setDomain(DOMAIN)
            .setReason(reason(reason))
            .putAllMetadata(facts)
            .build();
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(code.getNumber())
            .setMessage(message)
            .addDetails(Any.pack(info))
            .build());
  }

  static StatusRuntimeException badField(String field, String given, String allowed) {
    return of(
        Code.INVALID_ARGUMENT,
        ErrorReason.ERROR_REASON_BAD_FIELD,
        "%s must be %s, not '%s'".formatted(field, allowed, given),
        Map.of("field", field, "given", given, "allowed", allowed));
  }

  /// The configuration does not load; all that is wrong with it goes along.
  static StatusRuntimeException invalidConfiguration(ConfigProblems problems) {
    ErrorInfo info =
        ErrorInfo.newBuilder()
            .setDomain(DOMAIN)
            .setReason(reason(ErrorReason.ERROR_REASON_INVALID_CONFIG))
            .build();
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(Code.FAILED_PRECONDITION.getNumber())
            .setMessage("the configuration has errors; nothing has changed")
            .addDetails(Any.pack(info))
            .addDetails(Any.pack(problems))
            .build());
  }

  private static String reason(ErrorReason reason) {
    return reason.name().substring(REASON_PREFIX.length());
  }

  static StatusRuntimeException shuttingDown() {
    return of(
        Code.UNAVAILABLE,
        ErrorReason.ERROR_REASON_SHUTTING_DOWN,
        "the daemon is shutting down",
        Map.of());
  }

  static StatusRuntimeException fault() {
    return of(
        Code.INTERNAL,
        ErrorReason.ERROR_REASON_FAULT,
        "a fault of the daemon's own; its log tells more",
        Map.of());
  }
}

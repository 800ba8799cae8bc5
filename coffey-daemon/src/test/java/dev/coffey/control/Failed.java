package dev.coffey.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// How a call failed, as a program sees it.
record Failed(Status.Code code, String reason, String message, Map<String, String> facts) {
  static Failed of(ThrowingCallable call) throws InvalidProtocolBufferException {
    StatusRuntimeException thrown = catchThrowableOfType(StatusRuntimeException.class, call);
    assertThat(thrown).isNotNull();
    com.google.rpc.Status details = StatusProto.fromThrowable(thrown);
    if (details == null || details.getDetailsCount() == 0) {
      return new Failed(
          thrown.getStatus().getCode(),
          "",
          String.valueOf(thrown.getStatus().getDescription()),
          Map.of());
    }
    ErrorInfo info = details.getDetails(0).unpack(ErrorInfo.class);
    assertThat(info.getDomain()).isEqualTo("coffey.dev");
    return new Failed(
        thrown.getStatus().getCode(),
        info.getReason(),
        String.valueOf(thrown.getStatus().getDescription()),
        info.getMetadataMap());
  }
}

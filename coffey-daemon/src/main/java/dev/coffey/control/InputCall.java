package dev.coffey.control;

import com.google.rpc.Code;
import dev.coffey.lifecycle.Run;
import dev.coffey.lifecycle.Service;
import dev.coffey.spec.ExecSpec;
import dev.coffey.v1.ErrorReason;
import dev.coffey.v1.SendInputRequest;
import dev.coffey.v1.SendInputResponse;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import java.util.OptionalInt;

/// Writes to a service's standard input.
final class InputCall {
  static final int INPUT_BYTES_MAX = 64 << 10;

  private InputCall() {}

  static SendInputResponse send(House house, SendInputRequest request) {
    int size = request.getData().size();
    if (size > INPUT_BYTES_MAX) {
      throw Failure.badField("data", size + " bytes", "up to %d bytes".formatted(INPUT_BYTES_MAX));
    }
    Service service = Selection.one(house.supervisor().snapshot().fleet(), request.getService());
    if (!takesInput(service)) {
      throw noInput(service, "takes no input: it has neither 'stdin: pipe' nor 'tty: true'");
    }
    Run run = service.state().process().orElseThrow(() -> notRunning(service));
    OptionalInt written =
        house.ground().write(run.id(), request.getData().toByteArray(), request.getClose());
    if (written.isEmpty()) {
      throw noInput(service, "takes no more input: it was closed");
    }
    return SendInputResponse.newBuilder().setWrittenBytes(written.getAsInt()).build();
  }

  static boolean takesInput(Service service) {
    ExecSpec exec = service.spec().exec();
    return exec.stdin() != ExecSpec.Stdin.NULL || exec.tty();
  }

  static StatusRuntimeException noInput(Service service, String why) {
    return failure(service, ErrorReason.ERROR_REASON_NO_INPUT, why);
  }

  private static StatusRuntimeException notRunning(Service service) {
    return failure(service, ErrorReason.ERROR_REASON_NOT_RUNNING, "is not running");
  }

  private static StatusRuntimeException failure(Service service, ErrorReason reason, String why) {
    String name = service.name().value();
    return Failure.of(
        Code.FAILED_PRECONDITION,
        reason,
        "service '%s' %s".formatted(name, why),
        Map.of("service", name));
  }
}

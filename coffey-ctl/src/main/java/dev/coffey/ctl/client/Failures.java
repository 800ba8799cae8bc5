package dev.coffey.ctl.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.coffey.ctl.client.CallFailed.Details;
import dev.coffey.ctl.client.CallFailed.Kind;
import dev.coffey.v1.ConfigProblems;
import dev.coffey.v1.Problem;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Turns what the transport and the daemon say about a failure into a sentence.
final class Failures {
  private static final String DOMAIN = "coffey.dev";
  private static final int FILE_TYPE = 0xf000;
  private static final int SOCKET = 0xc000;

  private Failures() {}

  static CallFailed of(StatusRuntimeException failure, ControlSocket socket, String call) {
    Status status = failure.getStatus();
    Details details = details(failure);
    String word = status.getCode().name().toLowerCase(Locale.ROOT);
    String said = status.getDescription() == null ? "" : status.getDescription();
    return switch (status.getCode()) {
      case UNAVAILABLE -> unavailable(status, socket, details);
      // Never by us while we listen: the daemon ends its calls when it goes.
      case CANCELLED -> unreachable("%s: the daemon ended the call".formatted(place(socket)));
      case UNIMPLEMENTED ->
          new CallFailed(Kind.UNSUPPORTED, word, unsupported(socket, call, said), details);
      case DEADLINE_EXCEEDED ->
          new CallFailed(Kind.TIMED_OUT, word, timedOut(socket, details, said), details);
      default -> new CallFailed(kind(status.getCode(), details), word, orCode(said, word), details);
    };
  }

  /// Looks at the socket before anything is built on it: the common failures are told in one line
  /// at once.
  static void check(ControlSocket socket) {
    String place = place(socket);
    try {
      if (Files.getAttribute(socket.path(), "unix:mode") instanceof Integer mode
          && (mode & FILE_TYPE) != SOCKET) {
        throw unreachable(place + " is no socket; name the daemon's with --socket");
      }
      if (socket.isStandard() && socket.path().startsWith("/tmp") && !isOurs(socket)) {
        throw denied(place + " belongs to another user and is not trusted");
      }
      if (!Files.isWritable(socket.path())) {
        throw denied(place + ": permission denied; its owner and group may, see 'ls -l'");
      }
    } catch (NoSuchFileException e) {
      throw unreachable(
          "no socket at "
              + place
              + "; start the daemon with 'coffeyd', or name its socket with --socket or "
              + ControlSocket.VARIABLE);
    } catch (AccessDeniedException e) {
      throw denied(place + ": permission denied on the way to it");
    } catch (IOException e) {
      throw unreachable(place + ": " + e.getMessage());
    }
  }

  private static String place(ControlSocket socket) {
    return "'%s' (from %s)".formatted(socket.path(), socket.origin());
  }

  /// Anybody may make a directory in /tmp before we do.
  private static boolean isOurs(ControlSocket socket) throws IOException {
    long owner = ControlSocket.owner(socket.path());
    return owner == 0 || owner == ControlSocket.uid();
  }

  private static CallFailed unavailable(Status status, ControlSocket socket, Details details) {
    if (!details.reason().isEmpty() && status.getDescription() != null) {
      return new CallFailed(Kind.UNREACHABLE, "unavailable", status.getDescription(), details);
    }
    Throwable cause = status.getCause();
    String why =
        cause == null || cause.getMessage() == null
            ? "the connection was closed"
            : cause.getMessage().toLowerCase(Locale.ROOT);
    if (why.contains("connection refused")) {
      why = "connection refused: a socket that a dead daemon left; start it with 'coffeyd'";
    }
    return unreachable("%s: %s".formatted(place(socket), why));
  }

  private static CallFailed unreachable(String why) {
    return new CallFailed(
        Kind.UNREACHABLE, "unavailable", "cannot reach the daemon: " + why, Details.NONE);
  }

  private static CallFailed denied(String why) {
    return new CallFailed(
        Kind.DENIED, "permission_denied", "cannot reach the daemon: " + why, Details.NONE);
  }

  /// In the daemon's own words where it has some, and not only the server's for any unknown method.
  private static String unsupported(ControlSocket socket, String call, String said) {
    return said.isEmpty() || said.startsWith("Method ")
        ? "cannot do this: the daemon at '%s' does not support %s; compare 'coffeyctl version'"
            .formatted(socket.path(), call)
        : "cannot do this: " + said;
  }

  private static String timedOut(ControlSocket socket, Details details, String said) {
    return details.reason().isEmpty() || said.isEmpty()
        ? "no answer from the daemon at '%s' in time".formatted(socket.path())
        : said;
  }

  private static Kind kind(Status.Code code, Details details) {
    return switch (code) {
      case NOT_FOUND -> Kind.NO_SUCH;
      case PERMISSION_DENIED, UNAUTHENTICATED -> Kind.DENIED;
      case FAILED_PRECONDITION ->
          details.reason().equals("INVALID_CONFIG") ? Kind.INVALID_CONFIG : Kind.REFUSED;
      case INVALID_ARGUMENT, OUT_OF_RANGE -> Kind.BAD_REQUEST;
      default -> Kind.OTHER;
    };
  }

  private static String orCode(String said, String word) {
    return said.isEmpty() ? "the daemon answered '%s' without a word more".formatted(word) : said;
  }

  private static Details details(StatusRuntimeException failure) {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    String reason = "";
    Map<String, String> metadata = Map.of();
    List<Problem> problems = List.of();
    try {
      for (Any any : status == null ? List.<Any>of() : status.getDetailsList()) {
        if (any.getTypeUrl().endsWith("/google.rpc.ErrorInfo")) {
          ErrorInfo info = ErrorInfo.parseFrom(any.getValue());
          if (info.getDomain().equals(DOMAIN)) {
            reason = info.getReason();
            metadata = info.getMetadataMap();
          }
        } else if (any.getTypeUrl().endsWith("/coffey.v1.ConfigProblems")) {
          problems = ConfigProblems.parseFrom(any.getValue()).getProblemsList();
        }
      }
    } catch (InvalidProtocolBufferException e) {
      return Details.NONE;
    }
    return new Details(reason, metadata, problems);
  }
}

package dev.coffey.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.v1.DaemonControlGrpc;
import dev.coffey.v1.DaemonInfo;
import dev.coffey.v1.DiagnoseResponse;
import dev.coffey.v1.Finding;
import dev.coffey.v1.FindingLevel;
import dev.coffey.v1.GetInfoResponse;
import dev.coffey.v1.ServiceControlGrpc;
import io.grpc.Status;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
  private final FakeDaemon daemon = new FakeDaemon();
  private final Shell shell = Shell.at(daemon.socket());

  @AfterEach
  void close() {
    daemon.close();
  }

  @Test
  void noDaemonIsOneClearLineAndNothingOnTheOutput() {
    int exit = shell.run("status");

    assertThat(exit).isEqualTo(7);
    assertThat(shell.out()).isEmpty();
    assertThat(shell.err())
        .isEqualTo(
            ("coffeyctl: cannot reach the daemon: no socket at '%s' (from COFFEY_SOCKET); start the"
                    + " daemon with 'coffeyd', or name its socket with --socket or COFFEY_SOCKET\n")
                .formatted(daemon.socket()));
  }

  @Test
  void noDaemonIsTheErrorDocumentForPrograms() {
    int exit = shell.run("status", "-j");

    assertThat(exit).isEqualTo(7);
    assertThat(shell.err()).isEmpty();
    assertThat(shell.out())
        .startsWith("{\"error\":{\"code\":\"unavailable\",\"message\":\"cannot reach the daemon: ")
        .endsWith("\"details\":{}}}\n");
  }

  @Test
  void socketThatADeadDaemonLeftIsToldApart(@TempDir Path directory) throws IOException {
    Path socket = directory.resolve("s");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
    }

    int exit = shell.run("status", "--socket", socket.toString());

    assertThat(exit).isEqualTo(7);
    assertThat(shell.err())
        .startsWith("coffeyctl: cannot reach the daemon: '" + socket + "' (from --socket): ")
        .contains("a socket that a dead daemon left")
        .hasLineCount(1);
  }

  @Test
  void fileThatIsNoSocketIsToldApart(@TempDir Path directory) throws IOException {
    Path file = Files.createFile(directory.resolve("f"));

    int exit = shell.run("status", "--socket", file.toString());

    assertThat(exit).isEqualTo(7);
    assertThat(shell.err()).contains("is no socket").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_FOUND, NO_SUCH_OPERATION, 4",
    "PERMISSION_DENIED, ROLE_TOO_LOW, 5",
    "UNAUTHENTICATED, UNKNOWN_CALLER, 5",
    "FAILED_PRECONDITION, WRONG_STATE, 6",
    "FAILED_PRECONDITION, INVALID_CONFIG, 8",
    "INVALID_ARGUMENT, BAD_FIELD, 2",
    "UNAVAILABLE, SHUTTING_DOWN, 7",
    "DEADLINE_EXCEEDED, REVISION_NOT_REACHED, 124",
    "RESOURCE_EXHAUSTED, TOO_MANY, 1",
    "INTERNAL, FAULT, 1"
  })
  void everyCodeHasItsExitAndTheDaemonsOwnWords(Status.Code code, String reason, int expected) {
    var failure = Wires.failure(code, "cannot do it: because", reason, Map.of("state", "x"));
    daemon.fail(ServiceControlGrpc.getListServicesMethod(), failure).start();

    int human = shell.run("status");
    String sentence = shell.err();
    int json = shell.run("status", "-j");

    assertThat(human).isEqualTo(json).isEqualTo(expected);
    assertThat(sentence).isEqualTo("coffeyctl: cannot do it: because\n");
    assertThat(shell.out())
        .isEqualTo(
            """
            {"error":{"code":"%s","message":"cannot do it: because",\
            "details":{"reason":"%s","state":"x"}}}
            """
                .formatted(code.name().toLowerCase(Locale.ROOT), reason.toLowerCase(Locale.ROOT)));
  }

  @Test
  void callTheDaemonDoesNotKnowIsASentence() {
    daemon.start();

    int exit = shell.run("start", "api");

    assertThat(exit).isEqualTo(1);
    assertThat(shell.err())
        .isEqualTo(
            ("coffeyctl: cannot do this: the daemon at '%s' does not support StartServices;"
                    + " compare 'coffeyctl version'\n")
                .formatted(daemon.socket()));
  }

  @Test
  void whatTheDaemonDoesNotDoYetIsSaidInItsWords() {
    var failure = Status.UNIMPLEMENTED.withDescription("stop by night is not available");
    daemon.fail(ServiceControlGrpc.getStopServicesMethod(), failure.asRuntimeException()).start();

    int exit = shell.run("stop", "api");

    assertThat(exit).isEqualTo(1);
    assertThat(shell.err())
        .isEqualTo("coffeyctl: cannot do this: stop by night is not available\n");
  }

  @Test
  void versionTellsOnRequestWhatTheMachineHasAndLacks() {
    Finding has =
        Finding.newBuilder()
            .setTopic("process")
            .setLevel(FindingLevel.FINDING_LEVEL_GOOD)
            .setMessage("pidfd")
            .build();
    Finding lacks =
        Finding.newBuilder()
            .setTopic("cgroup")
            .setLevel(FindingLevel.FINDING_LEVEL_MISSING)
            .setMessage("cgroup v2, writable: by mark")
            .build();
    DaemonInfo info = DaemonInfo.newBuilder().setVersion("1.2.3").setPid(7).build();
    daemon
        .answer(
            DaemonControlGrpc.getGetInfoMethod(),
            GetInfoResponse.newBuilder().setDaemon(info).build())
        .answer(
            DaemonControlGrpc.getDiagnoseMethod(),
            DiagnoseResponse.newBuilder().addFindings(has).addFindings(lacks).build())
        .start();

    shell.run("version", "-v");

    assertThat(shell.out())
        .endsWith(
            """
            coffeyd   1.2.3, pid 7
              has      pidfd
              lacks    cgroup v2, writable: by mark
            """);
    shell.run("version");
    assertThat(shell.out()).doesNotContain("pidfd");
  }

  @Test
  void versionWorksWithoutADaemon() {
    int exit = shell.run("version");

    assertThat(exit).isZero();
    assertThat(shell.out())
        .matches("(?s)coffeyctl \\d+\\.\\d+\\.\\d+\\S*\ncoffeyd   – cannot reach.*");
    assertThat(shell.run("version", "-j")).isZero();
    assertThat(shell.out()).matches("\\{\"client\":\\{\"version\":\"\\d+\\.\\d+\\.\\d+\\S*\"}}\n");
  }
}

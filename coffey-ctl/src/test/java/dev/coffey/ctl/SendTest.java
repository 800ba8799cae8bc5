package dev.coffey.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.v1.SendInputRequest;
import dev.coffey.v1.SendInputResponse;
import dev.coffey.v1.ServiceControlGrpc;
import io.grpc.Status;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SendTest {
  private final FakeDaemon daemon = new FakeDaemon();
  private final Shell shell = Shell.at(daemon.socket());

  @AfterEach
  void close() {
    daemon.close();
  }

  @Test
  void wordsAreSentAsOneLine() {
    taking(1000);

    assertThat(shell.run("send", "console", "say", "hello")).isZero();

    assertThat(sent()).isEqualTo("say hello\n");
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void withoutWordsTheStandardInputIsSentAndPerhapsEnded() {
    taking(1000);

    assertThat(shell.typing("a,b\nc,d").run("send", "loader", "--close", "-j")).isZero();

    assertThat(sent()).isEqualTo("a,b\nc,d");
    assertThat(requests()[requests().length - 1].getClose()).isTrue();
    assertThat(shell.out()).isEqualTo("{\"service\":\"loader\",\"bytes\":7}\n");
  }

  @Test
  void whatAServiceDoesNotTakeAtOnceIsSentAgainAndOnlyThat() {
    AtomicInteger calls = new AtomicInteger();
    daemon
        .<SendInputRequest, SendInputResponse>on(
            ServiceControlGrpc.getSendInputMethod(),
            (request, observer) -> {
              int taken = calls.getAndIncrement() == 1 ? 0 : Math.min(3, request.getData().size());
              observer.onNext(SendInputResponse.newBuilder().setWrittenBytes(taken).build());
              observer.onCompleted();
            })
        .start();

    assertThat(shell.run("send", "console", "--no-newline", "abcdef")).isZero();

    assertThat(requests())
        .extracting(each -> each.getData().toStringUtf8())
        .containsExactly("abcdef", "def", "def");
  }

  @Test
  void whoReadsNothingIsGivenUp() {
    taking(0);

    assertThat(shell.run("send", "console", "--timeout", "100ms", "x")).isEqualTo(124);

    assertThat(shell.err())
        .isEqualTo("coffeyctl: service 'console' does not read: 2 bytes are left\n");
  }

  @Test
  void aServiceWithoutInputIsARefusal() {
    var refusal =
        Wires.failure(
            Status.Code.FAILED_PRECONDITION,
            "service 'db' takes no input: it has neither 'stdin: pipe' nor 'tty: true'",
            "NO_INPUT",
            Map.of());
    daemon.fail(ServiceControlGrpc.getSendInputMethod(), refusal).start();

    assertThat(shell.run("send", "db", "x")).isEqualTo(6);
    assertThat(shell.err()).contains("takes no input");
  }

  private void taking(int bytes) {
    daemon
        .<SendInputRequest, SendInputResponse>on(
            ServiceControlGrpc.getSendInputMethod(),
            (request, observer) -> {
              long taken = Math.min(bytes, request.getData().size());
              observer.onNext(SendInputResponse.newBuilder().setWrittenBytes(taken).build());
              observer.onCompleted();
            })
        .start();
  }

  private SendInputRequest[] requests() {
    return daemon.requests().toArray(SendInputRequest[]::new);
  }

  private String sent() {
    StringBuilder all = new StringBuilder();
    for (SendInputRequest request : requests()) {
      all.append(request.getData().toStringUtf8());
    }
    return all.toString();
  }
}

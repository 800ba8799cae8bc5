package dev.coffey.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.ProbeOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HttpLookTest {
  @Test
  void anAcceptedStatusIsGoodAndIsShown() throws IOException {
    try (var server = FakeServer.answering("HTTP/1.1 204 No Content\r\n\r\n")) {

      ProbeOutcome outcome = Looking.at(Looking.get(server.url("/healthz?deep=1")));

      assertThat(outcome.good()).isTrue();
      assertThat(outcome.detail()).isEqualTo("204 No Content");
      assertThat(server.requests().getFirst())
          .startsWith("GET /healthz?deep=1 HTTP/1.1\r\n")
          .contains("Host: 127.0.0.1:" + server.port() + "\r\n")
          .contains("Connection: close\r\n");
    }
  }

  @Test
  void anotherStatusIsBadAndSaysWhatWasWanted() throws IOException {
    try (var server = FakeServer.answering("HTTP/1.0 503 Service Unavailable\r\n\r\n")) {

      ProbeOutcome outcome = Looking.at(Looking.get(server.url("/")));

      assertThat(outcome.good()).isFalse();
      assertThat(outcome.detail()).isEqualTo("503 Service Unavailable, wanted 2xx");
    }
  }

  @Test
  void statusPatternsMayBeMixed() throws IOException {
    StatusPattern pattern = StatusPattern.parse("2xx, 301,404");

    assertThat(pattern.matches(299)).isTrue();
    assertThat(pattern.matches(301)).isTrue();
    assertThat(pattern.matches(404)).isTrue();
    assertThat(pattern.matches(302)).isFalse();
    assertThat(pattern.matches(500)).isFalse();
  }

  @Test
  void methodAndHeadersAreSentAsWritten() throws IOException {
    try (var server = FakeServer.answering("HTTP/1.1 200 OK\r\n\r\n")) {
      var headers = new TreeMap<>(Map.of("host", "api.example", "X-Probe", "yes"));

      ProbeOutcome outcome = Looking.at(Looking.with(server.url(""), "POST", headers));

      assertThat(outcome.good()).isTrue();
      assertThat(server.requests().getFirst())
          .startsWith("POST / HTTP/1.1\r\n")
          .contains("Content-Length: 0\r\n", "X-Probe: yes\r\n", "api.example\r\n")
          .doesNotContain("127.0.0.1");
    }
  }

  @Test
  void theBodyMustMatchWhereAPatternIsGiven() throws IOException {
    String answer = "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{\"status\":\"UP\"} and more";
    try (var server = FakeServer.answering(answer)) {

      ProbeOutcome up = Looking.at(Looking.get(server.url("/"), "2xx", "\"UP\""));
      ProbeOutcome more = Looking.at(Looking.get(server.url("/"), "2xx", "more"));

      assertThat(up.good()).isTrue();
      assertThat(more.good()).isFalse();
      assertThat(more.detail()).contains("does not match 'more'", "{\"status\":\"UP\"}");
    }
  }

  @Test
  void aChunkedBodyIsReadTogether() throws IOException {
    String answer =
        String.join(
            "\r\n",
            "HTTP/1.1 100 Continue",
            "",
            "HTTP/1.1 200 OK",
            "Transfer-Encoding: chunked",
            "",
            "3;note=1",
            "rea",
            "2",
            "dy",
            "0",
            "",
            "");
    try (var server = FakeServer.answering(answer)) {

      ProbeOutcome outcome = Looking.at(Looking.get(server.url("/"), "2xx", "^ready$"));

      assertThat(outcome.good()).isTrue();
    }
  }

  @Test
  void aBodyWithoutEndIsReadOnlyAsFarAsAPatternIsHeldAgainst() throws IOException {
    byte[] block = "x".repeat(8192).getBytes(StandardCharsets.UTF_8);
    FakeServer.Conduct endless =
        out -> {
          out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
          while (true) {
            out.write(block);
          }
        };
    try (var server = new FakeServer(endless)) {

      ProbeOutcome outcome = Looking.at(Looking.get(server.url("/"), "2xx", "y"));

      assertThat(outcome.good()).isFalse();
      assertThat(outcome.detail().length()).isLessThanOrEqualTo(Verdict.DETAIL_CHARS_MAX + 1);
    }
  }

  @Test
  void aServerThatDripsIsCutOffAtTheTimeout() throws IOException {
    FakeServer.Conduct dripping =
        out -> {
          out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8));
          while (true) {
            out.write('a');
            Thread.sleep(10);
          }
        };
    try (var server = new FakeServer(dripping)) {

      ProbeOutcome outcome = Looking.at(Duration.ofMillis(200), Looking.get(server.url("/")));

      assertThat(outcome.good()).isFalse();
      assertThat(outcome.detail()).isEqualTo("no answer within 200 ms");
      assertThat(outcome.latency()).isBetween(Duration.ofMillis(200), Duration.ofSeconds(5));
    }
  }

  @Test
  void aPatternThatSearchesForEverIsCutOffAtTheTimeout() throws IOException {
    String body = "a".repeat(5000) + "b";
    try (var server = FakeServer.answering("HTTP/1.1 200 OK\r\n\r\n" + body)) {

      ProbeOutcome outcome =
          Looking.at(
              Duration.ofMillis(300), Looking.get(server.url("/"), "2xx", "^(a+)+(a+)+(a+)+c$"));

      assertThat(outcome.detail()).isEqualTo("no answer within 300 ms");
    }
  }

  @Test
  void whatIsNoHttpIsSaidToBeNone() throws IOException {
    try (var server = FakeServer.answering("SSH-2.0-OpenSSH_9.2\r\n")) {

      assertThat(Looking.at(Looking.get(server.url("/"))).detail())
          .isEqualTo("not an HTTP answer: 'SSH-2.0-OpenSSH_9.2'");
    }
  }

  @Test
  void aHeaderOfTwoLinesIsRefused() throws IOException {
    try (var server = FakeServer.answering("HTTP/1.1 200 OK\r\n\r\n")) {
      var headers = new TreeMap<>(Map.of("X-Probe", "a\r\nX-Admin: 1"));

      ProbeOutcome outcome = Looking.at(Looking.with(server.url("/"), "GET", headers));

      assertThat(outcome.good()).isFalse();
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void proxySettingsAreIgnored() throws IOException {
    System.setProperty("http.proxyHost", "proxy.invalid");
    System.setProperty("socksProxyHost", "proxy.invalid");
    try (var server = FakeServer.answering("HTTP/1.1 200 OK\r\n\r\n")) {

      assertThat(Looking.at(Looking.get(server.url("/"))).good()).isTrue();
    } finally {
      System.clearProperty("http.proxyHost");
      System.clearProperty("socksProxyHost");
    }
  }
}

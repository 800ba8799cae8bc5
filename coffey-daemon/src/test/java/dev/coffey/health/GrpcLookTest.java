package dev.coffey.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.ProbeOutcome;
import dev.coffey.spec.Check;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class GrpcLookTest {
  private static final String SETTINGS = "000000 04 00 00000000";
  private static final String HEADERS = "000001 01 04 00000001 88";
  private static final String TRAILERS = "000001 01 05 00000001 88";

  private static FakeServer answering(String... frames) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(String.join("", frames).replace(" ", ""));
    return new FakeServer(out -> out.write(bytes));
  }

  private static ProbeOutcome look(FakeServer server) {
    return Looking.at(new Check.Grpc("127.0.0.1:" + server.port(), "shop.v1.Cart"));
  }

  @Test
  void servingIsGood() throws IOException {
    try (var server =
        answering(SETTINGS, HEADERS, "000007 00 00 00000001 00000000020801", TRAILERS)) {

      ProbeOutcome outcome = look(server);

      assertThat(outcome.detail()).isEqualTo("SERVING");
      assertThat(outcome.good()).isTrue();
    }
  }

  @Test
  void notServingIsBad() throws IOException {
    try (var server =
        answering(SETTINGS, HEADERS, "000007 00 00 00000001 00000000020802", TRAILERS)) {

      ProbeOutcome outcome = look(server);

      assertThat(outcome.detail()).isEqualTo("NOT_SERVING");
      assertThat(outcome.good()).isFalse();
    }
  }

  @Test
  void aPaddedMessageInPiecesIsPutTogether() throws IOException {
    try (var server =
        answering(
            SETTINGS,
            HEADERS,
            "000007 00 08 00000001 03 000000 000000",
            "000004 00 00 00000001 00020801",
            TRAILERS)) {

      assertThat(look(server).detail()).isEqualTo("SERVING");
    }
  }

  @Test
  void aRefusalWithoutMessageIsBad() throws IOException {
    try (var server = answering(SETTINGS, TRAILERS)) {

      ProbeOutcome outcome = look(server);

      assertThat(outcome.good()).isFalse();
      assertThat(outcome.detail()).isEqualTo("no health answer for service 'shop.v1.Cart'");
    }
  }

  @Test
  void anHttp1ServerIsBad() throws IOException {
    try (var server = FakeServer.answering("HTTP/1.1 400 Bad Request\r\n\r\n")) {

      assertThat(look(server).good()).isFalse();
    }
  }
}

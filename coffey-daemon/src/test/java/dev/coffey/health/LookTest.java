package dev.coffey.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.ProbeOutcome;
import dev.coffey.spec.Check;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookTest {
  @TempDir Path dir;

  @Test
  void aPortThatAcceptsIsGood() throws IOException {
    try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {

      assertThat(Looking.at(new Check.Tcp("127.0.0.1:" + server.getLocalPort())).good()).isTrue();
      assertThat(Looking.at(new Check.Tcp(":" + server.getLocalPort())).good()).isTrue();
    }
  }

  @Test
  void aPortThatNobodyListensOnIsRefused() throws IOException {
    int port;
    try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
    }

    ProbeOutcome outcome = Looking.at(new Check.Tcp("127.0.0.1:" + port));

    assertThat(outcome.good()).isFalse();
    assertThat(outcome.detail())
        .isEqualTo("cannot connect to 127.0.0.1:%d: Connection refused".formatted(port));
  }

  @Test
  void localhostIsTriedOnAllItsAddresses() throws IOException {
    try (var server = new ServerSocket(0, 5, InetAddress.getAllByName("::1")[0])) {

      boolean bothKnown = InetAddress.getAllByName("localhost").length > 1;
      ProbeOutcome outcome = Looking.at(new Check.Tcp("localhost:" + server.getLocalPort()));

      assertThat(outcome.good()).isEqualTo(bothKnown);
      assertThat(Looking.at(new Check.Tcp("[::1]:" + server.getLocalPort())).good()).isTrue();
    }
  }

  @Test
  void anAddressWithoutPortIsExplained() {
    assertThat(Looking.at(new Check.Tcp("localhost")).detail())
        .isEqualTo("cannot probe: address must be host:port, not 'localhost'");
  }

  @Test
  void aUnixSocketThatAcceptsIsGoodAndALeftOverFileIsNot() throws IOException {
    Path path = dir.resolve("s");
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));

      assertThat(Looking.at(new Check.Unix(path.toString())).good()).isTrue();
    }

    ProbeOutcome leftOver = Looking.at(new Check.Unix(path.toString()));

    assertThat(leftOver.good()).isFalse();
    assertThat(leftOver.detail()).startsWith("cannot connect to " + path);
  }

  @Test
  void aUnixSocketWithAFullBacklogIsBadWithinTheTimeout() throws IOException {
    Path path = dir.resolve("s");
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path), 1);
      ProbeOutcome last = Looking.at(new Check.Unix(path.toString()));
      for (int i = 0; i < 5 && last.good(); i++) {
        last = Looking.at(Duration.ofMillis(300), new Check.Unix(path.toString()));
      }

      assertThat(last.latency()).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void aFileIsGoodOnceItExists() throws IOException {
    Path path = dir.resolve("ready");

    assertThat(Looking.at(new Check.File(path.toString())).detail()).endsWith("does not exist");

    Files.createFile(path);

    assertThat(Looking.at(new Check.File(path.toString())).good()).isTrue();
  }
}

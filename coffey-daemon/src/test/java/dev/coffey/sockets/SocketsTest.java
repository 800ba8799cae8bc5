package dev.coffey.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffey.process.linux.Libc;
import dev.coffey.spec.Listener;
import dev.coffey.spec.Listener.Transport;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.SocketSpec;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketsTest {
  private static final ServiceName WEB = new ServiceName("web");

  @TempDir Path directory;
  private final Sockets sockets = new Sockets(Libc.open());

  @AfterEach
  void close() {
    sockets.close();
  }

  @Test
  void aPortIsOpenAndTheSameSocketOverRestarts() throws IOException {
    SocketSpec http = port("127.0.0.1", freePort());

    int first = sockets.of(WEB, List.of(http)).getFirst().fd();
    connect(http);

    assertThat(sockets.of(WEB, List.of(http)).getFirst().fd()).isEqualTo(first);
  }

  @Test
  void withoutAHostAllAddressesOfBothVersionsAreServed() throws IOException {
    SocketSpec http = port("", freePort());

    sockets.of(WEB, List.of(http));

    connect(http);
  }

  @Test
  void whatIsNotConfiguredAnyMoreIsClosedAndTheOthersStay() throws IOException {
    SocketSpec one = port("127.0.0.1", freePort());
    SocketSpec other = unix("other", 0600);
    int kept = sockets.of(WEB, List.of(one, other)).getFirst().fd();

    List<Sockets.Open> left = sockets.of(WEB, List.of(one));

    assertThat(left).extracting(Sockets.Open::fd).containsExactly(kept);
    assertThat(directory.resolve("other")).doesNotExist();
  }

  @Test
  void aServiceThatIsNotToRunCannotBeReached() throws IOException {
    SocketSpec http = port("127.0.0.1", freePort());
    sockets.of(WEB, List.of(http));

    sockets.close(WEB);

    assertThatThrownBy(() -> connect(http)).isInstanceOf(IOException.class);
    assertThat(sockets.owners()).isEmpty();
  }

  @Test
  void aUnixSocketHasItsModeAndGoesWithItsFile() throws IOException {
    SocketSpec spec = unix("web.sock", 0660);

    sockets.of(WEB, List.of(spec));

    Path file = directory.resolve("web.sock");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-rw----");
    SocketChannel.open(UnixDomainSocketAddress.of(file)).close();
    sockets.close();
    assertThat(file).doesNotExist();
  }

  @Test
  void aLeftOverSocketIsReplacedALiveOneAndAFileNever() throws IOException {
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(directory.resolve("stale")))
        .close();
    Files.writeString(directory.resolve("file"), "precious");

    sockets.of(WEB, List.of(unix("stale", 0600)));

    SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("stale"))).close();
    Sockets others = new Sockets(Libc.open());
    assertThatThrownBy(() -> others.of(WEB, List.of(unix("stale", 0600))))
        .hasMessageEndingWith("stale': address already in use");
    assertThatThrownBy(() -> others.of(WEB, List.of(unix("file", 0600))))
        .hasMessageEndingWith("file': address already in use");
    assertThat(directory.resolve("file")).content().isEqualTo("precious");
  }

  @Test
  void aPortThatAnotherHasIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SocketSpec spec = port("127.0.0.1", taken.getLocalPort());

      assertThatThrownBy(() -> sockets.of(WEB, List.of(spec)))
          .hasMessage(
              "cannot listen on '127.0.0.1:%d': address already in use"
                  .formatted(taken.getLocalPort()));
    }
  }

  @Test
  void datagramsHaveSocketsToo() throws IOException {
    int port;
    try (DatagramSocket free = new DatagramSocket()) {
      port = free.getLocalPort();
    }

    sockets.of(WEB, List.of(spec("dns", new Listener(Transport.UDP, "127.0.0.1", port, ""), 0)));

    assertThatThrownBy(() -> new DatagramSocket(port, InetAddress.getLoopbackAddress()).close())
        .isInstanceOf(IOException.class);
  }

  private static SocketSpec port(String host, int port) {
    return spec("http", new Listener(Transport.TCP, host, port, ""), 0);
  }

  private SocketSpec unix(String name, int mode) {
    String path = directory.resolve(name).toString();
    return spec(name, new Listener(Transport.UNIX, "", 0, path), mode);
  }

  private static SocketSpec spec(String name, Listener at, int mode) {
    return new SocketSpec(name, at, mode, false);
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  private static void connect(SocketSpec spec) throws IOException {
    new Socket(InetAddress.getLoopbackAddress(), spec.listener().port()).close();
  }
}

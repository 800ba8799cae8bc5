package dev.coffey.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.coffey.spec.DaemonSpec;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlSocketTest {
  @TempDir Path dir;

  private DaemonSpec.Sockets wanted(int mode) {
    return new DaemonSpec.Sockets(dir.resolve("c.sock"), "", mode);
  }

  private static ServerSocketChannel bind(Path path) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    return server;
  }

  private static void connect(Path path) throws IOException {
    try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      assertThat(client.isConnected()).isTrue();
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void nobodyElseCanReachTheSocketBetweenBindAndMode() throws IOException {
    try (ControlSocket socket = ControlSocket.claim(wanted(0660));
        ServerSocketChannel _ = bind(socket.bindPath())) {

      Path directory = socket.bindPath().getParent();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
          .isEqualTo("rwx------");
      assertThat(dir.resolve("c.sock")).doesNotExist();

      assertThat(socket.publish()).isTrue();

      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("c.sock"))))
          .isEqualTo("rw-rw----");
      connect(dir.resolve("c.sock"));
    }
    assertThat(files()).containsExactly("c.sock.lock");
  }

  @Test
  void nobodyIsLetInWhenAllIsOverBeforeTheServerIsBound() throws Exception {
    try (ControlSocket socket = ControlSocket.claim(wanted(0660));
        ServerSocketChannel _ = bind(socket.bindPath())) {
      socket.awaitFarewells();

      assertThat(socket.publish()).isFalse();

      assertThat(dir.resolve("c.sock")).doesNotExist();
    }
    assertThat(files()).containsExactly("c.sock.lock");
  }

  @Test
  void aStaleSocketIsReplaced() throws IOException {
    bind(dir.resolve("c.sock")).close();

    try (ControlSocket socket = ControlSocket.claim(wanted(0600));
        ServerSocketChannel _ = bind(socket.bindPath())) {
      assertThat(socket.publish()).isTrue();

      connect(dir.resolve("c.sock"));
    }
  }

  @Test
  void whatAKilledDaemonLeftBehindIsCleared() throws IOException {
    Path left = dir.resolve(".c.sock.d");
    Files.createDirectory(left);
    bind(left.resolve("s")).close();

    try (ControlSocket socket = ControlSocket.claim(wanted(0600));
        ServerSocketChannel server = bind(socket.bindPath())) {

      assertThat(server.isOpen()).isTrue();
    }
  }

  @Test
  void aLiveSocketIsNeverTaken() throws IOException {
    try (ServerSocketChannel _ = bind(dir.resolve("c.sock"))) {

      assertThatIOException()
          .isThrownBy(() -> ControlSocket.claim(wanted(0600)))
          .withMessage(
              "cannot use socket '%s': something alive answers on it"
                  .formatted(dir.resolve("c.sock")));

      connect(dir.resolve("c.sock"));
    }
  }

  @Test
  void aFileThatIsNoSocketIsNeverReplaced() throws IOException {
    Files.writeString(dir.resolve("c.sock"), "precious");

    assertThatIOException()
        .isThrownBy(() -> ControlSocket.claim(wanted(0600)))
        .withMessageContaining("no socket");

    assertThat(dir.resolve("c.sock")).hasContent("precious");
  }

  @Test
  void aSecondOwnerIsToldWhoHoldsThePlace() throws IOException {
    try (ControlSocket _ = ControlSocket.claim(wanted(0600))) {

      assertThatIOException()
          .isThrownBy(() -> ControlSocket.claim(wanted(0600)))
          .withMessageContaining("(pid %d)".formatted(ProcessHandle.current().pid()));
    }
    ControlSocket.claim(wanted(0600)).close();
  }

  @Test
  void whatSomebodyElsePutThereMeanwhileStays() throws IOException {
    try (ControlSocket socket = ControlSocket.claim(wanted(0600));
        ServerSocketChannel _ = bind(socket.bindPath())) {
      assertThat(socket.publish()).isTrue();
      Files.delete(dir.resolve("c.sock"));
      Files.writeString(dir.resolve("c.sock"), "precious");
    }

    assertThat(dir.resolve("c.sock")).hasContent("precious");
  }

  @Test
  void anUnknownGroupIsRefusedBeforeAnythingIsBound() throws IOException {
    var wanted = new DaemonSpec.Sockets(dir.resolve("c.sock"), "no-such-group", 0660);

    assertThatIOException()
        .isThrownBy(() -> ControlSocket.claim(wanted))
        .withMessageContaining("there is no group 'no-such-group'");

    assertThat(files()).isEmpty();
  }

  @Test
  void aPathTooLongForTheKernelIsRefused() {
    var wanted = new DaemonSpec.Sockets(dir.resolve("x".repeat(120)), "", 0600);

    assertThatIOException()
        .isThrownBy(() -> ControlSocket.claim(wanted))
        .withMessageContaining("too long");
  }
}

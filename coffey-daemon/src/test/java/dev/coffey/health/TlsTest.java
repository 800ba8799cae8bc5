package dev.coffey.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.ProbeOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final char[] PASSWORD = "password".toCharArray();

  @TempDir Path dir;

  @Test
  void aServiceOnLoopbackNeedsNoValidCertificate() throws Exception {
    try (ServerSocket server =
        selfSigned().getServerSocketFactory().createServerSocket(0, 5, loopback())) {
      Thread.ofVirtual().start(() -> answerOnce(server));

      ProbeOutcome outcome =
          Looking.at(Looking.get("https://127.0.0.1:%d/".formatted(server.getLocalPort())));

      assertThat(outcome.detail()).isEqualTo("200 OK");
      assertThat(outcome.good()).isTrue();
    }
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  private static void answerOnce(ServerSocket server) {
    try (Socket client = server.accept()) {
      InputStream in = client.getInputStream();
      int _ = in.read();
      client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // The probe's verdict tells.
    }
  }

  private SSLContext selfSigned()
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = dir.resolve("keys.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    new ProcessBuilder(
            keytool,
            "-genkeypair",
            "-keystore",
            store.toString(),
            "-storepass",
            new String(PASSWORD),
            "-alias",
            "web",
            "-keyalg",
            "EC",
            "-dname",
            "CN=nobody.invalid")
        .redirectErrorStream(true)
        .redirectOutput(dir.resolve("keytool.log").toFile())
        .start()
        .waitFor();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}

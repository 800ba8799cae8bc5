package dev.coffey.health;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server on loopback that reads one request's head and then does what the test says.
final class FakeServer implements AutoCloseable {
  /// What happens on one connection after its request was read.
  interface Conduct {
    void serve(OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket socket;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  FakeServer(Conduct conduct) throws IOException {
    socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> acceptAll(conduct));
  }

  /// Answers with these bytes and closes.
  static FakeServer answering(String answer) throws IOException {
    return new FakeServer(out -> out.write(answer.getBytes(StandardCharsets.UTF_8)));
  }

  int port() {
    return socket.getLocalPort();
  }

  String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  List<String> requests() {
    return requests;
  }

  private void acceptAll(Conduct conduct) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client, conduct));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket client, Conduct conduct) {
    try (client) {
      requests.add(head(client.getInputStream()));
      conduct.serve(client.getOutputStream());
      client.shutdownOutput();
      client.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException | InterruptedException _) {
      // The probe has gone, or the test has.
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.append((char) b);
      if (head.toString().endsWith("\r\n\r\n")) {
        break;
      }
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

package dev.coffey.control;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/// A directory for the socket of one server, gone after it.
public final class SocketDirectory implements QuarkusTestResourceLifecycleManager {
  private Path dir = Path.of("/nonexistent");

  @Override
  public Map<String, String> start() {
    try {
      dir = Files.createTempDirectory("coffey");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of(
        "coffey.test.dir",
        dir.toString(),
        "quarkus.http.domain-socket",
        dir.resolve(".c.sock.d/s").toString());
  }

  @Override
  public void stop() {
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

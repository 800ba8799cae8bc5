package dev.coffey.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example of `api` and `frontend` as it is shipped, with programs of the test in their place.
class SeedExampleIT {
  private static final Path EXAMPLES = Distribution.built().home().resolve("share/coffey/examples");

  @TempDir Path directory;
  private HttpServer health;

  @BeforeEach
  void answerForTheApi() throws IOException {
    health = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    health.createContext(
        "/healthz",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    health.start();
  }

  @AfterEach
  void stopAnswering() {
    health.stop(0);
  }

  @Test
  void oneFileAndDropInsGiveTheSameStatus() throws Exception {
    List<String> single = statusOf(Files.createDirectory(directory.resolve("1")), true);
    List<String> dropIns = statusOf(Files.createDirectory(directory.resolve("2")), false);

    assertThat(single).hasSize(2).isEqualTo(dropIns);
  }

  private List<String> statusOf(Path work, boolean single) throws Exception {
    Workplace place = new Workplace(work);
    String header = place.writeConfig("").configText().replace("services:\n", "");
    for (String program : List.of("api", "frontend")) {
      Path path =
          Files.writeString(
              place.file(program), "#!/bin/sh\n" + Processes.mark(work) + "exec sleep 1000\n");
      assertThat(path.toFile().setExecutable(true)).isTrue();
    }
    if (single) {
      Files.writeString(
          place.config(), header + adapted(EXAMPLES.resolve("api-and-frontend.yaml"), work));
    } else {
      Files.writeString(place.config(), header);
      Path dropIns = Files.createDirectory(place.file("services.d"));
      for (String file : List.of("api.yaml", "frontend.yaml")) {
        Path shipped = EXAMPLES.resolve("api-and-frontend/services.d/" + file);
        Files.writeString(dropIns.resolve(file), adapted(shipped, work));
      }
    }
    try (PackagedDaemon daemon = PackagedDaemon.start(place)) {
      daemon.awaitState("api", "running");
      daemon.awaitState("frontend", "running");
      return settled(daemon.ctl("status", "-j").out());
    }
  }

  private String adapted(Path example, Path work) throws IOException {
    return Files.readString(example)
        .replace("/usr/local/bin", work.toString())
        .replace("8080/healthz", health.getAddress().getPort() + "/healthz");
  }

  /// Without what differs from one run to the next.
  private static List<String> settled(String json) throws IOException {
    List<String> services = new ArrayList<>();
    for (JsonNode service : new ObjectMapper().readTree(json).path("services")) {
      List<String> fields = new ArrayList<>();
      for (String field :
          List.of("name", "state", "desired", "health", "restarts", "depends_on", "result")) {
        fields.add(field + "=" + service.path(field));
      }
      services.add(String.join(" ", fields));
    }
    return services;
  }
}

package dev.coffey.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// T58: more services than the daemon may have open files for.
class FewDescriptorsIT {
  private static final String[] FEW = {"sh", "-c", "ulimit -n 600; exec \"$@\"", "few"};
  private static final int SERVICES = 120;

  @TempDir Path directory;

  @Test
  void someWaitAndTheSocketAnswers() throws Exception {
    StringBuilder services =
        new StringBuilder(
            """
              - name: probed
                binary: /bin/sleep
                args: ["1000"]
                env: {COFFEY_TEST: "%1$s"}
                healthcheck: {liveness: {type: exec, command: "/bin/sh -c 'echo >>%1$s/probes'", interval: 100ms}}
            """
                .formatted(directory));
    for (int number = 0; number < SERVICES; number++) {
      services.append(
          "  - {name: s%d, binary: /bin/sleep, args: [\"1000\"], env: {COFFEY_TEST: \"%s\"}}\n"
              .formatted(number, directory));
    }
    Workplace place = new Workplace(directory).writeConfig(services.toString());
    try (PackagedDaemon daemon = PackagedDaemon.startBy(place, FEW)) {
      Wait.until("some run and some wait", () -> !named(daemon, "resources").isEmpty());

      List<String> waiting = named(daemon, "resources");
      assertThat(waiting).hasSizeBetween(1, SERVICES - 1);
      assertThat(daemon.ctl("status", waiting.getFirst()).out())
          .contains("too many open files: of 600, 128 are kept for the daemon itself");
      Wait.until("it is probed", () -> Files.exists(place.file("probes")));
      long before = Files.size(place.file("probes"));
      Wait.until("probes go on", () -> Files.size(place.file("probes")) > before + 10);
      assertThat(daemon.service("probed").path("restarts").asInt()).isZero();
      Ran shutdown = daemon.ctl("shutdown");
      assertThat(shutdown.exit()).as(shutdown.err()).isZero();
    }
  }

  /// Those whose last end was this.
  private static List<String> named(PackagedDaemon daemon, String kind) throws Exception {
    return StreamSupport.stream(daemon.services().spliterator(), false)
        .filter(service -> service.path("result").path("kind").asText().equals(kind))
        .map(service -> service.path("name").asText())
        .toList();
  }
}

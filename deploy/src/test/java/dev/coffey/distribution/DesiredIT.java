package dev.coffey.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an operator stopped stays stopped, also for the next daemon.
class DesiredIT {
  @TempDir Path directory;

  @Test
  void whatWasStoppedStaysStoppedUntilItIsStarted() throws Exception {
    Workplace place =
        new Workplace(directory)
            .service("db", "exec sleep 1000\n")
            .service("web", "exec sleep 1000\n");
    try (PackagedDaemon daemon = PackagedDaemon.start(place)) {
      daemon.awaitState("web", "running");
      assertThat(daemon.ctl("stop", "web").exit()).isZero();
      assertThat(daemon.terminate()).isZero();
    }

    try (PackagedDaemon daemon = PackagedDaemon.start(place)) {
      daemon.awaitState("db", "running");

      assertThat(daemon.state("web")).isEqualTo("stopped");
      assertThat(daemon.service("web").path("desired").asText()).isEqualTo("down");
      assertThat(daemon.ctl("start", "web").exit()).isZero();
      Path kept = place.file("state").resolve("wishes");
      Wait.until("it is on disk", () -> !Files.readString(kept).contains("web"));
    }

    // That one was killed: what is wanted was on disk all the same.
    try (PackagedDaemon daemon = PackagedDaemon.start(place)) {
      daemon.awaitState("web", "running");
    }
  }
}

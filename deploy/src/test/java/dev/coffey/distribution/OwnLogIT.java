package dev.coffey.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the packaged daemon writes its own log.
class OwnLogIT {
  @TempDir Path directory;

  @Test
  void itGoesWhereTheConfigurationSaysAndHasWhatHappenedBeforeTheFacesWereUp() throws Exception {
    Workplace place =
        new Workplace(directory)
            .service("only", "exec sleep 1000\n", "env: {TOKEN: nobody-shall-read-this}\n");
    Path own = place.file("own.log");
    String places = "coffey:\n  log: {path: %s, console: false, level: trace}\n".formatted(own);
    Files.writeString(place.config(), place.configText().replace("coffey:\n", places));
    try (PackagedDaemon daemon = PackagedDaemon.start(place)) {
      daemon.awaitState("only", "running");

      Wait.until("it is told", () -> Files.exists(own) && Files.size(own) > 0);
      daemon.ctl("restart", "only");
      assertThat(own)
          .content()
          .contains("only: waiting -> starting")
          .doesNotContain("nobody-shall-read-this");
      assertThat(daemon.output()).doesNotContain("waiting -> starting");
    }
  }
}

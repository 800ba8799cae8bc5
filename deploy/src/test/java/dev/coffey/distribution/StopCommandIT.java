package dev.coffey.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Services that end by a command of their own.
class StopCommandIT {
  /// Says which signal has ended it.
  private static final String LISTENING =
      """
      trap 'echo quit > "$COFFEY_TEST/ended"; exit 0' USR1
      trap 'echo term > "$COFFEY_TEST/ended"; exit 0' TERM
      echo up > "$COFFEY_TEST/up"
      while :; do sleep 0.1; done
      """;

  @TempDir Path directory;

  @Test
  void commandEndsTheServiceByItsPid() throws Exception {
    assertThat(endedBy("[/bin/sh, -c, 'kill -USR1 $$MAINPID']")).isEqualTo("quit");
  }

  @Test
  void signalFollowsACommandThatFails() throws Exception {
    assertThat(endedBy("[/bin/false]")).isEqualTo("term");
  }

  private String endedBy(String command) throws Exception {
    Workplace place =
        new Workplace(directory)
            .service("web", LISTENING, "stop: {command: %s}\n".formatted(command));
    try (PackagedDaemon daemon = PackagedDaemon.start(place)) {
      Wait.until("it listens", () -> Files.exists(directory.resolve("up")));

      Ran stop = daemon.ctl("stop", "web");

      assertThat(stop.exit()).as(stop.err()).isZero();
      assertThat(daemon.state("web")).isEqualTo("stopped");
      return Files.readString(directory.resolve("ended")).strip();
    }
  }
}

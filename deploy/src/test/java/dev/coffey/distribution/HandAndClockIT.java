package dev.coffey.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Services that are left alone, restarted one by one, or run by the clock.
class HandAndClockIT {
  @TempDir Path directory;

  @Test
  void whatDiesInAPauseStaysDownUntilItIsResumed() throws Exception {
    Workplace place = new Workplace(directory).service("web", "exec sleep 1000\n");
    try (PackagedDaemon daemon = PackagedDaemon.start(place)) {
      daemon.awaitState("web", "running");

      Ran pause = daemon.ctl("pause", "web", "--for", "1h", "--reason", "under the debugger");
      assertThat(pause.exit()).as(pause.err()).isZero();
      assertThat(daemon.ctl("kill", "KILL", "web").exit()).isZero();
      daemon.awaitState("web", "backoff");
      assertThat(daemon.ctl("status").out()).contains("paused: under the debugger, resumes in");

      assertThat(daemon.ctl("resume", "web").exit()).isZero();
      daemon.awaitState("web", "running");
    }
  }

  @Test
  void rollingRestartGivesEachInstanceItsTurn() throws Exception {
    Workplace place =
        new Workplace(directory)
            .service("a", "exec sleep 1000\n")
            .service("b", "exec sleep 1000\n");
    try (PackagedDaemon daemon = PackagedDaemon.start(place)) {
      daemon.awaitState("a", "running");
      daemon.awaitState("b", "running");
      long before = run(daemon, "b");

      Ran restart = daemon.ctl("restart", "--all", "--at-once", "1");

      assertThat(restart.exit()).as(restart.err()).isZero();
      assertThat(run(daemon, "a")).isGreaterThan(before).isLessThan(run(daemon, "b"));
    }
  }

  @Test
  void scheduleRunsItsServiceAgainAndAgainAndSaysWhenNext() throws Exception {
    Workplace place =
        new Workplace(directory)
            .service(
                "job", "echo ran >> $COFFEY_TEST/ran\n", "type: oneshot\nschedule: {every: 1s}\n");
    try (PackagedDaemon daemon = PackagedDaemon.start(place)) {
      Wait.until("it has run three times", () -> runs() >= 3);

      assertThat(daemon.service("job").path("next_run").asText()).startsWith("20");
      Ran stop = daemon.ctl("stop", "job");
      assertThat(stop.exit()).as(stop.err()).isZero();
      assertThat(daemon.service("job").path("desired").asText()).isEqualTo("down");
    }
  }

  private int runs() throws IOException {
    Path file = directory.resolve("ran");
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  private static long run(PackagedDaemon daemon, String name)
      throws IOException, InterruptedException {
    return daemon.service(name).path("run_id").asLong();
  }
}

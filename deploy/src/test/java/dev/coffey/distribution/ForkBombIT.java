package dev.coffey.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// T59: a service that forks for ever, within its limit.
class ForkBombIT {
  @TempDir Path directory;

  @Test
  void theSocketAnswersAllTheWhileAndNothingOfItSurvives() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can become another");
    Workplace place =
        new Workplace(directory)
            .writeConfig(
                """
                  - name: bomb
                    shell: true
                    command: "f() { while :; do f & sleep 0.2; done 2>/dev/null; }; f & exec sleep 1000"
                    user: "54399"
                    limits: {nproc: "50:50"}
                    env: {COFFEY_TEST: "%s"}
                  - {name: calm, binary: /bin/sleep, args: ["1000"]}
                """
                    .formatted(directory));
    try (PackagedDaemon daemon = PackagedDaemon.start(place)) {
      Wait.until("the bomb has spread", () -> bombs(daemon).size() >= 30);

      for (int round = 0; round < 5; round++) {
        assertThat(daemon.state("calm")).isEqualTo("running");
        assertThat(bombs(daemon)).hasSizeLessThanOrEqualTo(51);
      }
      Ran restart = daemon.ctl("restart", "calm");
      assertThat(restart.exit()).as(restart.err()).isZero();
      Ran stop = daemon.ctl("stop", "bomb");

      assertThat(stop.exit()).as(stop.err()).isZero();
      assertThat(bombs(daemon)).isEmpty();
      assertThat(daemon.ctl("shutdown").exit()).isZero();
    }
  }

  /// All but the daemon, whose arguments name the directory too.
  private List<Long> bombs(PackagedDaemon daemon) throws IOException {
    return Processes.naming(directory).stream().filter(pid -> pid != daemon.pid()).toList();
  }
}

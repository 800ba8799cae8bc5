package dev.coffey.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// HUP reads the configuration of the packaged daemon again.
class ReloadIT {
  @TempDir Path directory;

  @Test
  void changesAreRestartedTheUnchangedKeepTheirProcessAndErrorsChangeNothing() throws Exception {
    Workplace place =
        new Workplace(directory)
            .service("same", "exec sleep 1000\n")
            .service("changed", "exec sleep 1000\n", "env: [STEP=one]\n");
    try (PackagedDaemon daemon = PackagedDaemon.start(place)) {
      daemon.awaitState("changed", "running");
      long same = pid(daemon, "same");
      long changed = pid(daemon, "changed");
      String before = place.configText();

      Files.writeString(place.config(), before.replace("env: [STEP=one]", "evn: [STEP=two]"));
      hangUp(daemon);
      Wait.until("the error is told", () -> daemon.output().contains("nothing has changed"));
      assertThat(daemon.output()).contains("did you mean 'env'?");
      assertThat(pid(daemon, "changed")).isEqualTo(changed);

      Files.writeString(place.config(), before.replace("STEP=one", "STEP=two"));
      hangUp(daemon);
      Wait.until("it runs anew", () -> pid(daemon, "changed") != changed);
      daemon.awaitState("changed", "running");
      assertThat(pid(daemon, "same")).isEqualTo(same);
    }
  }

  private static long pid(PackagedDaemon daemon, String name)
      throws IOException, InterruptedException {
    return daemon.service(name).path("pid").asLong(0);
  }

  private static void hangUp(PackagedDaemon daemon) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-HUP", Long.toString(daemon.pid())).inheritIO().start().waitFor();
  }
}

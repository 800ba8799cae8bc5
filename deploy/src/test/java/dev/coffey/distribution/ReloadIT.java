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

  @Test
  void theClientSeesBeforehandAndIsToldWhatIsWrong() throws Exception {
    Workplace place =
        new Workplace(directory)
            .service("same", "exec sleep 1000\n")
            .service("changed", "exec sleep 1000\n", "env: [STEP=one]\n");
    try (PackagedDaemon daemon = PackagedDaemon.start(place)) {
      daemon.awaitState("same", "running");
      daemon.awaitState("changed", "running");
      long changed = pid(daemon, "changed");
      String before = place.configText();

      Files.writeString(place.config(), before.replace("env: [STEP=one]", "evn: [STEP=two]"));
      Ran refused = daemon.ctl("reload");
      assertThat(refused.exit()).isEqualTo(8);
      assertThat(refused.err()).contains("unknown-key", "did you mean 'env'?");

      Files.writeString(place.config(), before.replace("STEP=one", "STEP=two"));
      Ran plan = daemon.ctl("plan");
      assertThat(plan.out()).contains("~ changed: restart (env.STEP)", "unchanged: 1 service");
      assertThat(pid(daemon, "changed")).isEqualTo(changed);
      Ran reload = daemon.ctl("reload");
      assertThat(reload.exit()).isZero();
      assertThat(reload.out()).contains("changed: running");
      assertThat(pid(daemon, "changed")).isNotEqualTo(changed);
    }
  }

  @Test
  void aServiceThatIsGoneFromTheFileIsStoppedAndTheRestGoesOn() throws Exception {
    Workplace place =
        new Workplace(directory)
            .service("same", "exec sleep 1000\n")
            .service("gone", "exec sleep 1000\n");
    try (PackagedDaemon daemon = PackagedDaemon.start(place)) {
      daemon.awaitState("same", "running");
      daemon.awaitState("gone", "running");

      Ran reload = daemon.ctl("reload", "--timeout", "20s");
      assertThat(reload.exit()).isZero();
      Files.writeString(
          place.config(),
          place.configText().replaceAll("(?ms)^  - name: gone.*?(?=^  - |\\z)", ""));
      reload = daemon.ctl("reload", "--timeout", "20s");

      assertThat(reload.exit()).isZero();
      assertThat(reload.out()).contains("gone: stopped");
      assertThat(daemon.ctl("status", "gone").exit()).isEqualTo(4);
      assertThat(daemon.ctl("status", "same").exit()).isZero();
    }
  }

  @Test
  void whatOnlyTheDaemonsNextStartBringsIsToldUntilThen() throws Exception {
    Workplace place = new Workplace(directory).service("same", "exec sleep 1000\n");
    try (PackagedDaemon daemon = PackagedDaemon.start(place)) {
      daemon.awaitState("same", "running");
      Files.writeString(
          place.config(),
          place
              .configText()
              .replace(
                  "/logs}",
                  "/logs, max_total: 2MiB}\n  shutdown_timeout: 20s\n  log: {level: warn}"));

      Ran before = daemon.ctl("plan");
      assertThat(daemon.ctl("reload").exit()).isZero();
      Ran after = daemon.ctl("plan");

      assertThat(before.out())
          .contains(
              "~ coffey.log: daemon restart\n",
              "~ coffey.logs.max_total: live\n",
              "~ coffey.shutdown_timeout: live\n");
      assertThat(after.out())
          .contains("~ coffey.log: daemon restart\n")
          .doesNotContain("max_total", "shutdown_timeout");
      assertThat(after.err()).contains("[needs-daemon-restart]");
      assertThat(daemon.output()).contains("next start brings what has changed in: coffey.log\n");
      assertThat(daemon.ctl("explain", "needs-daemon-restart").exit()).isZero();
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

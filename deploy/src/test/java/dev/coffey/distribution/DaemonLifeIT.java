package dev.coffey.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the packaged daemon begins and ends.
class DaemonLifeIT {
  @TempDir Path directory;

  @Test
  void terminateStopsEverythingInReverseOrder() throws Exception {
    String script =
        "trap 'echo %1$s >>stops; exit 0' TERM\necho up >%1$s.up\nwhile :; do sleep 0.1; done\n";
    Workplace place =
        new Workplace(directory)
            .service("cellar", in(script, "cellar"), "")
            .service("floor", in(script, "floor"), "depends_on: [cellar]\n")
            .service("roof", in(script, "roof"), "depends_on: [floor]\n");
    try (PackagedDaemon daemon = PackagedDaemon.start(place)) {
      for (String name : List.of("cellar", "floor", "roof")) {
        Wait.until(name + " is up", () -> Files.exists(place.file(name + ".up")));
      }

      int exit = daemon.terminate();

      assertThat(exit).as(daemon.output()).isIn(0, 143);
      assertThat(place.file("stops")).content().isEqualTo("roof\nfloor\ncellar\n");
      assertThat(Processes.naming(directory)).isEmpty();
    }
  }

  @Test
  void servicesRunBeforeTheSocketAnswers() throws Exception {
    Path started = directory.resolve("started");
    Workplace place =
        new Workplace(directory)
            .service(
                "early",
                "[ -e %1$s/sock ] && s=late || s=first\necho $s >%1$s/started\nexec sleep 1000\n"
                    .formatted(directory));
    try (PackagedDaemon daemon = PackagedDaemon.start(place)) {
      assertThat(started).content().isEqualTo("first\n");
      assertThat(daemon.state("early")).isEqualTo("running");
    }
  }

  @Test
  void nothingIsWrittenToStandardOutputByTheLauncher() throws Exception {
    Ran version = Distribution.run(Distribution.built().coffeyd(), java.util.Map.of(), "--version");

    assertThat(version.exit()).as(version.err()).isZero();
    assertThat(version.out()).startsWith("coffeyd ").hasLineCount(1);
    assertThat(version.err()).isEmpty();
  }

  @Test
  void secondDaemonOnTheSameStateIsRefusedAndTheFirstGoesOn() throws Exception {
    Workplace place = new Workplace(directory).service("only", "exec sleep 1000\n");
    try (PackagedDaemon daemon = PackagedDaemon.start(place)) {
      Ran second =
          Distribution.run(
              Distribution.built().coffeyd(),
              java.util.Map.of(),
              "--config",
              place.config().toString());

      assertThat(second.exit()).isNotZero();
      assertThat(second.err()).contains(Long.toString(daemon.pid()));
      assertThat(daemon.state("only")).isEqualTo("running");
    }
  }

  private String in(String script, String name) {
    return "cd %s\n".formatted(directory) + script.formatted(name);
  }
}

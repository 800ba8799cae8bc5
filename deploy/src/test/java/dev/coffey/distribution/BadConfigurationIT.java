package dev.coffey.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A configuration with a fault: its place, what was probably meant, exit 8, and nothing started.
class BadConfigurationIT {
  @TempDir Path directory;

  @Test
  void unknownKeyIsPlacedAndTheNearestOneNamed() throws Exception {
    Ran coffeyd = start("services:\n  - name: web\n    binry: /bin/true\n");

    refused(coffeyd, ":3:5: ", "binry", "binary");
  }

  @Test
  void wrongTypeIsPlaced() throws Exception {
    Ran coffeyd = start("services:\n  - name: web\n    binary: /bin/true\n    args: {a: b}\n");

    refused(coffeyd, ":4:", "args");
  }

  @Test
  void cycleIsPrintedWhole() throws Exception {
    Ran coffeyd =
        start(
            """
            services:
              - {name: a, binary: /bin/true, depends_on: [b]}
              - {name: b, binary: /bin/true, depends_on: [c]}
              - {name: c, binary: /bin/true, depends_on: [a]}
            """);

    refused(coffeyd, ":2:", "a → b → c → a");
  }

  @Test
  void unknownDependencyIsPlacedAndTheNearestNameGiven() throws Exception {
    Ran coffeyd =
        start(
            """
            services:
              - {name: database, binary: /bin/true}
              - {name: web, binary: /bin/true, depends_on: [databse]}
            """);

    refused(coffeyd, ":3:", "databse", "database");
  }

  @Test
  void allProblemsAreToldAtOnce() throws Exception {
    Ran coffeyd = start("services:\n  - name: web\n    binry: /bin/true\n    restart: sometimes\n");

    refused(coffeyd, ":3:5: ", ":4:", "sometimes", "always");
  }

  @Test
  void missingFileIsNamed() throws Exception {
    Ran coffeyd = run(directory.resolve("nowhere.yaml"));

    assertThat(coffeyd.exit()).isEqualTo(8);
    assertThat(coffeyd.err()).contains(directory.resolve("nowhere.yaml").toString());
    assertThat(coffeyd.out()).isEmpty();
  }

  private Ran start(String configuration) throws IOException, InterruptedException {
    return run(Files.writeString(directory.resolve("coffey.yaml"), configuration));
  }

  private static Ran run(Path config) throws IOException, InterruptedException {
    return Distribution.run(
        Distribution.built().coffeyd(), Map.of(), "--config", config.toString());
  }

  private void refused(Ran coffeyd, String... told) {
    assertThat(coffeyd.exit()).as(coffeyd.err()).isEqualTo(8);
    assertThat(coffeyd.err()).contains(directory.resolve("coffey.yaml").toString()).contains(told);
    assertThat(coffeyd.out()).isEmpty();
  }
}

package dev.coffey.config;

import static dev.coffey.config.Reading.loaded;
import static dev.coffey.config.Reading.refused;
import static dev.coffey.config.Reading.web;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.spec.EnvSpec;
import dev.coffey.spec.PlanDiff;
import dev.coffey.spec.Problem;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What others got wrong with configuration, one test a trap.
class TrapsTest {
  @Test
  void percentAndDollarInTheEnvironmentPassThroughAsWritten() {
    var env =
        web("binary: /bin/web", "env: {A: '100%', B: '%(here)s', C: '$HOME', D: 'p$$w', E: 'a%%'}")
            .exec()
            .env()
            .set();

    assertThat(env)
        .containsEntry("A", "100%")
        .containsEntry("B", "%(here)s")
        .containsEntry("C", "$HOME")
        .containsEntry("D", "p$w")
        .containsEntry("E", "a%%");
  }

  @Test
  void eachSourceOfTheEnvironmentIsKeptApartSoThatTheNearerOneWins() {
    var loaded =
        loaded(
            """
            defaults: {env: {A: default, B: default}, env_pass: [TERM]}
            services: {web: {binary: /bin/web, env: {A: own}, env_file: [web.env, -local.env]}}
            """);

    assertThat(Reading.service(loaded, "web").exec().env())
        .isEqualTo(
            new EnvSpec(
                false,
                List.of("TERM"),
                new TreeMap<>(Map.of("A", "default", "B", "default")),
                List.of(
                    new EnvSpec.EnvFile("/etc/coffey/web.env", true),
                    new EnvSpec.EnvFile("/etc/coffey/local.env", false)),
                new TreeMap<>(Map.of("A", "own"))));
  }

  @Test
  void removedVariableIsGoneAfterTheNextReading() {
    var files = new MemoryFiles();
    var reader = new ConfigReader(files, Reading.ROOT);
    String main = "/etc/coffey/config.yaml";
    files.with(main, "services: {web: {binary: /bin/web, env: {A: 1, B: 2}}}");
    reader.read(ConfigRequest.boot(List.of()));

    files.with(main, "services: {web: {binary: /bin/web, env: {B: 2}}}");
    var second = loaded(reader.read(ConfigRequest.boot(List.of())));

    assertThat(Reading.service(second, "web").exec().env().set()).containsOnlyKeys("B");
  }

  @Test
  void dropInsCombineInTheOrderOfTheirBytes() {
    var files = new MemoryFiles().with("/etc/coffey/config.yaml", "services: {}");
    for (String name : List.of("b", "a", "Z", "10", "9")) {
      files.with(
          "/etc/coffey/services.d/%s.yaml".formatted(name),
          "services: {web: {override: merge, binary: /bin/web, args: ['%s']}}".formatted(name));
    }

    assertThat(Reading.service(loaded(Reading.of(files)), "web").exec().command().args())
        .containsExactly("10", "9", "Z", "a", "b");
  }

  @Test
  void duplicateNameIsRefusedNamingBothFiles() {
    var files =
        new MemoryFiles()
            .with("/etc/coffey/config.yaml", "services: {web: {binary: /bin/web}}")
            .with("/etc/coffey/services.d/web.yaml", "binary: /bin/web2");
    var outcome = new ConfigReader(files, Reading.ROOT).read(ConfigRequest.strict(List.of()));

    Problem problem = ((ConfigOutcome.Refused) outcome).problems().getFirst();

    assertThat(problem.place()).startsWith("/etc/coffey/services.d/web.yaml:1");
    assertThat(problem.help()).contains("/etc/coffey/config.yaml:1");
  }

  @Test
  void nameWithSlashBlankUmlautDashOrDotIsRefusedEarly() {
    for (String name : List.of("a/b", "a b", "ä", "-a", ".", "..", "a".repeat(64), "a\\nb", "")) {
      assertThat(refused("services: {\"%s\": {binary: /bin/a}}".formatted(name)))
          .as(name)
          .anyMatch(problem -> problem.contains("bad-name"));
    }
  }

  @Test
  void reloadReadsByTheSameRulesAsBoot() {
    var files =
        new MemoryFiles()
            .with(
                "/etc/coffey/config.yaml",
                "services: {db: {binary: /b, tier: a}, web: {binary: /w, tier: b, after: [x]},"
                    + " x: {binary: /x}}");
    var reader = new ConfigReader(files, Reading.ROOT);

    var boot = loaded(reader.read(ConfigRequest.boot(List.of())));
    var reload = loaded(reader.read(ConfigRequest.boot(List.of()).strict()));

    assertThat(PlanDiff.between(boot.plan(), reload.plan()).isEmpty()).isTrue();
  }

  @Test
  void tenThousandReadingsKeepNothing() {
    var files = new MemoryFiles().with("/etc/coffey/config.yaml", "services: {web: {binary: /w}}");
    var reader = new ConfigReader(files, Reading.ROOT);
    for (int i = 0; i < 1_000; i++) {
      reader.read(ConfigRequest.boot(List.of()));
    }
    long before = usedAfterCollection();

    for (int i = 0; i < 10_000; i++) {
      reader.read(ConfigRequest.boot(List.of()));
    }

    assertThat(usedAfterCollection() - before).isLessThan(4L << 20);
  }

  private static long usedAfterCollection() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void dependencyThatIsLeftOutIsAnErrorAndNeverWaitsForEver() {
    assertThat(
            refused(
                "disable: [db]\n"
                    + "services: {web: {binary: /w, depends_on: [db]}, db: {binary: /d}}"))
        .containsExactly(
            "2:43 dependency-disabled services.web.depends_on[0]: service 'web' requires 'db',"
                + " which is disabled by 'db' in /etc/coffey/config.yaml:1:11");
  }

  @Test
  void yamlOfTheOldKindHasNoSurprises() {
    assertThat(refused("services: {web: {binary: /w, enabled: yes}}")).hasSize(1);
    assertThat(refused("services: {web: {binary: /w, nice: 010}}")).hasSize(1);
    assertThat(refused("services: {web: {binary: /w, binary: /w}}")).hasSize(1);
    assertThat(refused("services:\n\tweb: {binary: /w}")).hasSize(1);
    assertThat(web("binary: /w", "env: {A: no, B: 0777, C: 1_0}").exec().env().set())
        .containsExactly(Map.entry("A", "no"), Map.entry("B", "0777"), Map.entry("C", "1_0"));
    assertThat(loaded("\uFEFFservices: {web: {binary: /w}}").plan().services()).hasSize(1);
  }

  @Test
  void nestedAliasesCannotFillTheMemory() {
    StringBuilder bomb = new StringBuilder("x-a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for (int i = 1; i < 12; i++) {
      String below = "*a" + (i - 1);
      bomb.append(
          "x-a%d: &a%d [%s]\n"
              .formatted(
                  i,
                  i,
                  String.join(
                      ", ", List.of(below, below, below, below, below, below, below, below))));
    }

    assertThat(refused(bomb + "services: {}")).hasSize(1).first().asString().contains("too-many");
  }

  @Test
  void numberWithoutUnitIsSecondsAndSaysSo() {
    var loaded = loaded("services: {web: {binary: /w, stop: {timeout: 5}}}");

    assertThat(Reading.service(loaded, "web").stop().timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(loaded.warnings()).extracting(Problem::code).containsExactly("bare-duration");
  }

  @Test
  void commandRunsWithoutAShellUnlessAskedFor() {
    var plain = web("command: \"/bin/web --name 'a b' $HOME | x\"").exec().command();
    var shell = web("command: /bin/web | x", "shell: true").exec().command();

    assertThat(plain.args()).containsExactly("--name", "a b", "$HOME", "|", "x");
    assertThat(shell.binary()).isEqualTo("/bin/sh");
    assertThat(shell.args()).containsExactly("-c", "/bin/web | x");
  }

  @Test
  void developmentFileIsUsedOnlyWhereNothingElseIs() {
    var host = new Host(1000, Path.of("/work"), Map.of("HOME", "/home/ann"), 2);
    var files =
        new MemoryFiles()
            .with("/work/coffey.yaml", "services: {dev: {binary: /d, env: {A: 1}}}")
            .with("/work/coffey.override.yaml", "services: {dev: {env: {A: 2}}}");

    var alone = loaded(new ConfigReader(files, host).read(ConfigRequest.boot(List.of())));
    files.with("/home/ann/.config/coffey/config.yaml", "services: {own: {binary: /o}}");
    var beside = loaded(new ConfigReader(files, host).read(ConfigRequest.boot(List.of())));

    assertThat(Reading.service(alone, "dev").exec().env().set()).containsEntry("A", "2");
    assertThat(beside.plan().services()).hasSize(1);
    assertThat(Reading.service(beside, "own").exec().directory())
        .isEqualTo("/home/ann/.config/coffey");
  }
}

package dev.coffey.config;

import static dev.coffey.config.Reading.loaded;
import static dev.coffey.config.Reading.refused;
import static dev.coffey.config.Reading.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.coffey.spec.EnvSpec;
import dev.coffey.spec.PlanDiff;
import dev.coffey.spec.Problem;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What others got wrong with configuration, one test a trap.
class TrapsTest {
  /// T104: a percent sign or a dollar in the environment broke the load; here all passes but the
  /// one escape rule, `$$` for a dollar before a brace.
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

  /// T105: which source of a variable wins was anybody's guess.
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
                new TreeMap<>(Map.of("B", "default")),
                List.of(
                    new EnvSpec.EnvFile("/etc/coffey/web.env", true),
                    new EnvSpec.EnvFile("/etc/coffey/local.env", false)),
                new TreeMap<>(Map.of("A", "own"))));
  }

  /// T106: a variable that was changed or removed came back.
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

  /// T107: the order of included files was left to the file system.
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

  /// T108: one of two files that define the same name won in silence.
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

  /// T109: names that are no file names and no words were taken, and failed much later.
  @Test
  void nameWithSlashBlankUmlautDashOrDotIsRefusedEarly() {
    for (String name : List.of("a/b", "a b", "ä", "-a", ".", "..", "a".repeat(64), "a\\nb", "")) {
      assertThat(refused("services: {\"%s\": {binary: /bin/a}}".formatted(name)))
          .as(name)
          .anyMatch(problem -> problem.contains("bad-name"));
    }
  }

  /// T110: a reload ordered services otherwise than the boot did.
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

  /// T111: each reload leaked; here ten thousand leave heap and descriptors as they were.
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

  /// T111: nor does reading from the disk keep a descriptor.
  @Test
  void readingFromTheDiskClosesWhatItOpens(@TempDir Path folder) throws IOException {
    Files.createDirectory(folder.resolve("services.d"));
    Files.writeString(folder.resolve("config.yaml"), "services: {web: {binary: /bin/sh}}");
    Files.writeString(folder.resolve("services.d/db.yaml"), "binary: [");
    var reader = new ConfigReader(new DiskFiles(), Reading.ROOT);
    var request = ConfigRequest.strict(List.of(folder.toString()));
    reader.read(request);

    for (int i = 0; i < 200; i++) {
      reader.read(request);
    }

    assertThat(openBelow(folder)).isEmpty();
  }

  private static List<Path> openBelow(Path folder) throws IOException {
    List<Path> open = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        try {
          open.add(Files.readSymbolicLink(descriptor));
        } catch (NoSuchFileException _) {
          // Closed in the meantime.
        }
      }
    }
    open.removeIf(path -> !path.startsWith(folder));
    return open;
  }

  private static long usedAfterCollection() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /// T112: who depended on a disabled service stayed pending for ever.
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

  /// T113: YAML 1.1 took `no` for false and 010 for eight, a second key for the first, tabs for
  /// blanks.
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

  /// T113: aliases of aliases ("billion laughs") and anchors that contain themselves.
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

  /// T114: `5` was seconds here and milliseconds there.
  @Test
  void numberWithoutUnitIsSecondsAndSaysSo() {
    var loaded = loaded("services: {web: {binary: /w, stop: {timeout: 5}}}");

    assertThat(Reading.service(loaded, "web").stop().timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(loaded.warnings()).extracting(Problem::code).containsExactly("bare-duration");
  }

  /// T115: a shell that nobody asked for hid the child from its supervisor.
  @Test
  void commandRunsWithoutAShellUnlessAskedFor() {
    var plain = web("command: \"/bin/web --name 'a b' $HOME | x\"").exec().command();
    var shell = web("command: /bin/web | x", "shell: true").exec().command();

    assertThat(plain.args()).containsExactly("--name", "a b", "$HOME", "|", "x");
    assertThat(shell.binary()).isEqualTo("/bin/sh");
    assertThat(shell.args()).containsExactly("-c", "/bin/web | x");
  }

  /// T23: a dependency on oneself, one that is named twice and a condition that does not exist were
  /// taken without a word.
  @Test
  void dependencyThatMakesNoSenseIsRefusedWithItsPlace() {
    assertThat(
            refused(
                """
                services:
                  db: {binary: /bin/db}
                  web:
                    binary: /bin/web
                    depends_on:
                      - web
                      - db
                      - {name: db, condition: started}
                      - {name: cache, condition: started}
                """))
        .containsExactly(
            "6:9 self-dependency services.web.depends_on[0]: service 'web' cannot depend on itself",
            "8:16 duplicate-dependency services.web.depends_on[2]:"
                + " service 'web' depends on 'db' twice",
            "9:16 unknown-service services.web.depends_on[3]:"
                + " service 'web' names 'cache', but no service has that name");
    assertThat(
            refused(
                "services: {db: {binary: /d}, web: {binary: /w,"
                    + " depends_on: [{name: db, condition: helthy}]}}"))
        .containsExactly(
            "1:83 unknown-word services.web.depends_on[0].condition:"
                + " must be one of started, healthy, completed, not 'helthy'");
  }

  /// T108: a file whose name is no service's name is told of, and so is one of another ending.
  @Test
  void badNameInTheDirectoryOfDropInsIsTold() {
    var files =
        new MemoryFiles()
            .with("/etc/coffey/services.d/-web.yaml", "binary: /bin/web")
            .with("/etc/coffey/services.d/web.yaml~", "binary: [")
            .with("/etc/coffey/services.d/db.conf", "binary: [");

    var outcome = new ConfigReader(files, Reading.ROOT).read(ConfigRequest.strict(List.of()));

    assertThat(((ConfigOutcome.Refused) outcome).problems())
        .extracting(Problem::code, Problem::place)
        .containsExactly(
            tuple("bad-name", "/etc/coffey/services.d/-web.yaml:1:1"),
            tuple("ignored-file", "/etc/coffey/services.d/db.conf"));
  }

  /// T113: what is no text, too deep, too large or holds itself is a problem and nothing worse.
  @Test
  void fileThatIsNoConfigurationIsRefusedInBoundedTime() {
    assertThat(refused("a: &a [*a]\nservices: {}"))
        .containsExactly("1:8 recursive-anchor : '*a' contains itself");
    assertThat(refused("[".repeat(100_000))).hasSize(1).first().asString().contains("too-deep");
    assertThat(refused("#".repeat((8 << 20) + 1))).hasSize(1).first().asString().contains("8 MiB");
    assertThat(refused("services: {}\n---\nservices: {}")).hasSize(1);
  }

  /// T106: what a variable of the defaults says does not matter where the service sets its own, so
  /// that a change there restarts nobody.
  @Test
  void defaultThatIsNotUsedIsNoDifference() {
    String services = "services: {web: {binary: /w, env: {A: own}}, db: {binary: /d}}";
    var before = loaded("defaults: {env: {A: 1}}\n" + services);

    var after = loaded("defaults: {env: {A: 2}}\n" + services);

    assertThat(PlanDiff.between(before.plan(), after.plan()).changed().keySet())
        .extracting("value")
        .containsExactly("db");
  }

  @Test
  void developmentFileIsUsedOnlyWhereNothingElseIs() {
    var host = new Host(1000, Path.of("/srv/work"), Map.of("HOME", "/home/ann"), 2);
    var files =
        new MemoryFiles()
            .with("/srv/work/coffey.yaml", "services: {dev: {binary: /d, env: {A: 1}}}")
            .with("/srv/work/coffey.override.yaml", "services: {dev: {env: {A: 2}}}");

    var alone = loaded(new ConfigReader(files, host).read(ConfigRequest.boot(List.of())));
    files.with("/home/ann/.config/coffey/config.yaml", "services: {own: {binary: /o}}");
    var beside = loaded(new ConfigReader(files, host).read(ConfigRequest.boot(List.of())));

    assertThat(Reading.service(alone, "dev").exec().env().set()).containsEntry("A", "2");
    assertThat(beside.plan().services()).hasSize(1);
    assertThat(Reading.service(beside, "own").exec().directory())
        .isEqualTo("/home/ann/.config/coffey");
  }
}

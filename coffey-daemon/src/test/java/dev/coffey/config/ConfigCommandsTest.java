package dev.coffey.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.config.tree.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandsTest {
  private static final String SOUND = "services: {web: {binary: /bin/web, nice: 3}}";
  private static final String DOUBTFUL = "services: {web: {binary: /bin/web, stop: {timeout: 5}}}";
  private static final String BROKEN = "services: {web: {binry: /bin/web}}";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String yaml, String verb, String... args) {
    MemoryFiles files = new MemoryFiles().with("/etc/coffey/config.yaml", yaml);
    return run(files, Reading.ROOT, verb, args);
  }

  private int run(ConfigFiles files, Host host, String verb, String... args) {
    PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    List<String> words = new ArrayList<>(List.of(verb));
    words.addAll(List.of(args));
    return new ConfigCommands("coffeyctl", files, host, to, errors)
        .run(words.toArray(String[]::new));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void soundConfigurationIsValid() {
    assertThat(run(SOUND, "validate")).isZero();

    assertThat(out()).isEqualTo("valid: 1 service\n");
    assertThat(err()).isEmpty();
  }

  @Test
  void warningIsToldButFailsOnlyWhenStrict() {
    assertThat(run(DOUBTFUL, "validate")).isZero();
    assertThat(err())
        .contains("warning: services.web.stop.timeout")
        .contains("0 errors, 1 warning");

    assertThat(run(DOUBTFUL, "validate", "--strict")).isEqualTo(8);
  }

  @Test
  void brokenConfigurationExitsWithEightAndSaysNothingOnStandardOutput() {
    assertThat(run(BROKEN, "validate")).isEqualTo(8);

    assertThat(out()).isEmpty();
    assertThat(err()).contains("/etc/coffey/config.yaml:1:18").contains("did you mean 'binary'?");
  }

  @Test
  void jsonIsOneDocumentWhateverCameOfIt() {
    assertThat(run(BROKEN, "validate", "-j")).isEqualTo(8);

    assertThat(out())
        .startsWith(
            "{\"valid\":false,\"problems\":[{\"severity\":\"error\",\"code\":\"missing-key\"")
        .endsWith("}\n");
    assertThat(err()).isEmpty();
  }

  @Test
  void namedFileIsValidatedInsteadOfTheUsualOnes() {
    MemoryFiles files = new MemoryFiles().with("/root/other.yaml", SOUND);

    assertThat(run(files, Reading.ROOT, "validate", "other.yaml")).isZero();
    assertThat(run(files, Reading.ROOT, "validate", "missing.yaml")).isEqualTo(8);
    assertThat(err()).contains("cannot read '/root/missing.yaml'");
  }

  @Test
  void effectiveConfigurationShowsWhereEachValueComesFrom() {
    assertThat(run(SOUND, "config", "web", "--origin", "--set", "services.web.nice=7")).isZero();

    assertThat(out())
        .containsPattern("binary: /bin/web +# /etc/coffey/config.yaml:1")
        .containsPattern("nice: 7 +# --set")
        .containsPattern("restart: on-failure +# default")
        .doesNotContain("coffey:\n");
  }

  @Test
  void effectiveConfigurationIsAlsoAListOfValues() {
    assertThat(run(SOUND, "config", "web", "-j")).isZero();

    assertThat(out())
        .contains(
            "{\"path\":\"services.web.nice\",\"value\":\"3\","
                + "\"origin\":\"/etc/coffey/config.yaml:1\"}")
        .contains(
            "{\"path\":\"services.web.stop.timeout\",\"value\":\"10s\",\"origin\":\"default\"}");
  }

  @Test
  void unknownServiceExitsWithFourAndASuggestion() {
    assertThat(run(SOUND, "config", "wep")).isEqualTo(4);

    assertThat(err()).isEqualTo("coffeyctl: no service is named 'wep'; did you mean 'web'?\n");
  }

  @Test
  void schemaAndReferencePageArePrinted() {
    assertThat(run(SOUND, "schema")).isZero();
    assertThat(run(SOUND, "schema", "--page")).isZero();

    assertThat(out()).contains("json-schema.org").contains("# Configuration reference");
  }

  @Test
  void everyCodeIsExplained() {
    assertThat(run(SOUND, "explain", "unknown-key", "nonsense-kee")).isEqualTo(2);

    assertThat(out()).startsWith("unknown-key\n\nNo key of that name");
    assertThat(err()).startsWith("coffeyctl: no problem has the code 'nonsense-kee'");
  }

  @Test
  void misuseExitsWithTwoAndShowsTheUsage() {
    assertThat(run(SOUND, "validate", "--strickt")).isEqualTo(2);

    assertThat(err()).contains("did you mean '--strict'?").contains("coffeyctl validate --help");
  }

  @Test
  void twoConfigurationsCanBeComparedBeforeOneIsUsed() {
    MemoryFiles files =
        new MemoryFiles()
            .with(
                "/root/old.yaml",
                "services: {web: {binary: /w}, db: {binary: /d}, x: {binary: /x}}")
            .with(
                "/root/new.yaml",
                "services: {web: {binary: /w, nice: 1}, db: {binary: /d, labels: {a: b}},"
                    + " y: {binary: /y}}");

    assertThat(run(files, Reading.ROOT, "validate", "new.yaml", "--against", "old.yaml")).isZero();

    assertThat(out())
        .isEqualTo(
            """
            - x
            + y
            ~ db: live (labels.a)
            ~ web: restart (nice)
            unchanged: 0
            """);
  }

  @Test
  void starterIsWrittenOnceValidAndWithoutAWarning(@TempDir Path folder) throws IOException {
    Host host = new Host(1000, folder, Map.of("HOME", folder.toString()), 2);

    assertThat(run(new DiskFiles(), host, "init")).isZero();
    assertThat(run(new DiskFiles(), host, "validate", "--strict", "coffey.yaml")).isZero();
    Files.writeString(folder.resolve("coffey.yaml"), "mine");
    assertThat(run(new DiskFiles(), host, "init")).isEqualTo(6);

    assertThat(Files.readString(folder.resolve("coffey.yaml"))).isEqualTo("mine");
    assertThat(err()).contains("it is there already");
  }

  @Test
  void starterThatCannotBeWrittenSaysWhy(@TempDir Path folder) {
    Host host = new Host(1000, folder, Map.of(), 2);

    assertThat(run(new DiskFiles(), host, "init", "missing/coffey.yaml")).isEqualTo(1);

    assertThat(err())
        .isEqualTo(
            "coffeyctl: cannot write '%s/missing/coffey.yaml': there is no such directory\n"
                .formatted(folder));
  }

  @Test
  void starterTellsProgramsInJson(@TempDir Path folder) {
    Host host = new Host(1000, folder, Map.of(), 2);

    assertThat(run(new DiskFiles(), host, "init", "-j")).isZero();
    assertThat(run(new DiskFiles(), host, "init", "-j")).isEqualTo(6);
    assertThat(run(new DiskFiles(), host, "init", "-j", "missing/coffey.yaml")).isEqualTo(1);

    assertThat(out().replace(folder.toString(), "DIR"))
        .isEqualTo(
            """
            {"written":"DIR/coffey.yaml"}
            {"error":{"code":"refused","message":"cannot write 'DIR/coffey.yaml': it is there already","details":{}}}
            {"error":{"code":"failed","message":"cannot write 'DIR/missing/coffey.yaml': there is no such directory","details":{}}}
            """);
    assertThat(err()).isEmpty();
  }

  @Test
  void optionOfAnotherVerbIsRefusedRatherThanIgnored() {
    assertThat(run(SOUND, "explain", "--strict", "unknown-key")).isEqualTo(2);
    assertThat(run(SOUND, "schema", "--set", "a=b")).isEqualTo(2);
    assertThat(run(SOUND, "schema", "word")).isEqualTo(2);
    assertThat(run(SOUND, "validate", "--strict=yes")).isEqualTo(2);
    assertThat(run(SOUND, "init", "--profile", "x")).isEqualTo(2);

    assertThat(out()).isEmpty();
  }

  @Test
  void oneServiceIsShownWithTheEnvironmentOfTheDefaults() {
    String yaml = "defaults: {env: {ZONE: eu}}\n" + SOUND;

    assertThat(run(yaml, "config", "web", "--origin")).isZero();

    assertThat(out())
        .startsWith("defaults:\n")
        .containsPattern("env: \\{ZONE: eu} +# /etc/coffey/config.yaml:1")
        .contains("services:\n  web:\n");
  }

  @Test
  void longLineIsShownAroundItsCaret() {
    String yaml =
        "services: {web: {binary: /bin/web, args: [%s], nise: 3}}".formatted("x, ".repeat(99));

    run(yaml, "validate");

    List<String> lines = err().lines().toList();
    assertThat(lines.get(1)).hasSizeLessThan(Place.EXCERPT_CHARS_MAX + 5);
    assertThat(lines.get(1).substring(lines.get(2).indexOf('^'))).startsWith("nise");
  }
}

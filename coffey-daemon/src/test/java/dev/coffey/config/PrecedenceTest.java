package dev.coffey.config;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.config.ConfigOutcome.Loaded;
import dev.coffey.config.ConfigRequest.Tolerance;
import dev.coffey.config.keys.DaemonKeys;
import dev.coffey.config.keys.Key;
import dev.coffey.config.keys.KeyTable;
import dev.coffey.config.keys.Later;
import dev.coffey.config.keys.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The command line goes before the environment, that before the file, and that before the default,
/// for each key of the daemon that holds one word.
class PrecedenceTest {
  /// What the file, the environment and the command line say.
  private record Said(String file, String environment, String option) {}

  private static final Map<String, Said> SAID =
      Map.ofEntries(
          entry("socket", new Said("/f/s", "/e/s", "/o/s")),
          entry("socket_group", new Said("f", "e", "o")),
          entry("socket_mode", new Said("'0600'", "0640", "0660")),
          entry("pid_file", new Said("/f/p", "/e/p", "/o/p")),
          entry("runtime_dir", new Said("/f/r", "/e/r", "/o/r")),
          entry("state_dir", new Said("/f/s", "/e/s", "/o/s")),
          entry("log.path", new Said("/f/l", "/e/l", "/o/l")),
          entry("log.console", new Said("true", "false", "true")),
          entry("log.level", new Said("debug", "warn", "trace")),
          entry("log.format", new Said("text", "json", "text")),
          entry("logs.dir", new Said("/f/d", "/e/d", "/o/d")),
          entry("logs.max_total", new Said("2GiB", "3GiB", "4GiB")),
          entry("shutdown_timeout", new Said("31s", "32s", "33s")),
          entry("start_parallelism", new Said("11", "12", "13")),
          entry("restart_budget.rate", new Said("1/s", "2/s", "3/s")),
          entry("restart_budget.burst", new Said("1", "2", "3")));

  static Stream<String> words() {
    return words("", DaemonKeys.COFFEY);
  }

  private static Stream<String> words(String above, KeyTable table) {
    return table.keys().values().stream()
        .filter(key -> !Later.KEYS.contains(table.id() + "." + key.name()))
        .flatMap(key -> words(above + key.name(), key));
  }

  private static Stream<String> words(String path, Key key) {
    return Values.tableOf(key)
        .map(inner -> words(path + ".", inner))
        .orElseGet(() -> Values.isWord(key) ? Stream.of(path) : Stream.of());
  }

  @ParameterizedTest
  @MethodSource("words")
  void nearerOneWinsAndIsNamed(String path) {
    assertThat(SAID).containsKey(path);
    Said said = SAID.getOrDefault(path, new Said("", "", ""));
    String yaml = "coffey: {%s: %s}\nservices: {web: {binary: /w}}\n";
    int dot = path.indexOf('.');
    String file =
        dot < 0
            ? yaml.formatted(path, said.file())
            : yaml.formatted(
                path.substring(0, dot), "{%s: %s}".formatted(path.substring(dot + 1), said.file()));
    String variable = "COFFEY_" + path.replace('.', '_').toUpperCase(Locale.ROOT);
    Map<String, String> environment = Map.of(variable, said.environment());
    List<String> options = List.of("coffey.%s=%s".formatted(path, said.option()));

    assertThat(shown(file, path, Map.of(), List.of()))
        .isEqualTo(said.file().replace("'", "") + " /etc/coffey/config.yaml:1");
    assertThat(shown(file, path, environment, List.of()))
        .isEqualTo(said.environment() + " environment " + variable);
    assertThat(shown(file, path, environment, options)).isEqualTo(said.option() + " --set");
  }

  /// The value and where it comes from.
  private static String shown(
      String file, String path, Map<String, String> environment, List<String> options) {
    MemoryFiles files = new MemoryFiles().with("/etc/coffey/config.yaml", file);
    Host host = new Host(0, Path.of("/root"), environment, 2);
    Loaded loaded =
        Reading.loaded(
            new ConfigReader(files, host)
                .read(new ConfigRequest(List.of(), options, List.of(), List.of(), Tolerance.NONE)));
    return loaded.effective().rows("").stream()
        .filter(row -> row.path().equals("coffey." + path))
        .map(row -> row.value() + " " + row.origin())
        .findFirst()
        .orElse("");
  }
}

package dev.coffey.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.config.ConfigOutcome.Loaded;
import dev.coffey.config.ConfigOutcome.Refused;
import dev.coffey.config.ConfigRequest.Tolerance;
import dev.coffey.spec.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One folder a case: `config.yaml` and `services.d`, `options` where there are any, and `expected`
/// with the effective configuration and its origins, or the problems. With `-Dgolden.update` the
/// expectations are written anew, to be read before they are committed.
class GoldenTest {
  private static final Path CASES = Path.of("src/test/resources/dev/coffey/config/golden");

  static Stream<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void filesGiveWhatIsExpected(String name) throws IOException {
    Path folder = CASES.resolve(name);
    Options options = Options.of(folder);

    ConfigOutcome outcome = new ConfigReader(files(folder), options.host()).read(options.request());

    String shown = shown(outcome);
    Path expected = folder.resolve("expected");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(expected, shown);
    }
    assertThat(shown).isEqualTo(Files.readString(expected));
    if (outcome instanceof Loaded loaded && loaded.invalid().isEmpty()) {
      assertThat(again(loaded, options.host()).plan().services())
          .isEqualTo(loaded.plan().services());
      assertThat(again(loaded, options.host()).plan().daemon()).isEqualTo(loaded.plan().daemon());
    }
  }

  private static Loaded again(Loaded loaded, Host host) {
    Host bare = new Host(host.uid(), host.workingDirectory(), Map.of(), host.processors());
    MemoryFiles files =
        new MemoryFiles().with("/etc/coffey/config.yaml", loaded.effective().yaml(false));
    ConfigRequest request = ConfigRequest.strict(List.of("/etc/coffey/config.yaml"));
    return Reading.loaded(new ConfigReader(files, bare).read(request));
  }

  private static MemoryFiles files(Path folder) throws IOException {
    MemoryFiles files = new MemoryFiles();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.with("/etc/coffey/" + folder.relativize(file), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static String shown(ConfigOutcome outcome) {
    StringBuilder out = new StringBuilder();
    switch (outcome) {
      case Refused(List<Problem> problems) -> problems.forEach(problem -> show(problem, out));
      case Loaded loaded -> {
        out.append(loaded.effective().yaml(true).replaceAll(" +# default(?=\n)", ""));
        loaded.warnings().forEach(problem -> show(problem, out));
        loaded
            .invalid()
            .forEach((name, problems) -> {
              out.append("invalid: ").append(name).append('\n');
              problems.forEach(problem -> show(problem, out));
            });
      }
    }
    return out.toString();
  }

  private static void show(Problem problem, StringBuilder out) {
    out.append(ProblemText.of(problem));
  }

  /// What a case asks for beside its files, one a line: `set`, `disable`, `profile`, `env`,
  /// `config`, `uid`, `boot`, and `usual` where the files are to be found without being named.
  private record Options(Map<String, List<String>> words) {
    static Options of(Path folder) throws IOException {
      Map<String, List<String>> words = new HashMap<>();
      Path file = folder.resolve("options");
      if (Files.exists(file)) {
        for (String line : Files.readAllLines(file)) {
          String[] parts = line.split(" ", 2);
          words
              .computeIfAbsent(parts[0], _ -> new ArrayList<>())
              .add(parts.length > 1 ? parts[1] : "");
        }
      }
      return new Options(words);
    }

    private List<String> all(String word) {
      return words.getOrDefault(word, List.of());
    }

    Host host() {
      Map<String, String> environment = new HashMap<>();
      for (String assignment : all("env")) {
        int equals = assignment.indexOf('=');
        environment.put(assignment.substring(0, equals), assignment.substring(equals + 1));
      }
      int uid = all("uid").isEmpty() ? 0 : Integer.parseInt(all("uid").getFirst());
      return new Host(uid, Path.of("/etc/coffey"), environment, 2);
    }

    ConfigRequest request() {
      Tolerance tolerance = all("boot").isEmpty() ? Tolerance.NONE : Tolerance.BOOT;
      List<String> usual = all("usual").isEmpty() ? List.of("/etc/coffey") : List.of();
      List<String> configs = all("config").isEmpty() ? usual : all("config");
      return new ConfigRequest(configs, all("set"), all("disable"), all("profile"), tolerance);
    }
  }
}

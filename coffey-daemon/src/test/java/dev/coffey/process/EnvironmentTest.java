package dev.coffey.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffey.spec.EnvSpec;
import dev.coffey.spec.EnvSpec.EnvFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
  private static final Account ANN = new Account("ann", "/home/ann", "/bin/bash");
  private static final Map<String, String> OUTER =
      Map.of("PATH", "/own/bin", "LANG", "de_DE.UTF-8", "TZ", "UTC", "SECRET", "s", "PASSED", "p");

  @TempDir Path directory;

  /// T105: passed, defaults, file, env, injected: the nearer source wins.
  @Test
  void theNearerSourceWins() throws Exception {
    Path file = write("C=file\nD=file\nE=file\n");
    EnvSpec spec =
        new EnvSpec(
            false,
            List.of("PASSED", "SECRET", "NEVER_SET"),
            Specs.map("SECRET", "default", "B", "default", "C", "default"),
            List.of(new EnvFile(file.toString(), true)),
            Specs.map("D", "env", "E", "env"));

    assertThat(entries(spec, Map.of("E", "injected")))
        .containsExactlyInAnyOrder(
            "PASSED=p",
            "SECRET=default",
            "B=default",
            "C=file",
            "D=env",
            "E=injected",
            "PATH=/own/bin",
            "HOME=/home/ann",
            "USER=ann",
            "SHELL=/bin/bash",
            "LANG=de_DE.UTF-8",
            "TZ=UTC");
  }

  @Test
  void aClearedEnvironmentHoldsOnlyWhatIsSet() throws Exception {
    EnvSpec spec =
        new EnvSpec(true, List.of("PASSED"), new TreeMap<>(), List.of(), Specs.map("A", "1"));

    assertThat(entries(spec, Map.of())).containsExactlyInAnyOrder("PASSED=p", "A=1");
  }

  @Test
  void servicesOfRootHaveTheSamePathWhoeverStartedTheDaemon() throws Exception {
    EnvSpec none = new EnvSpec(false, List.of(), new TreeMap<>(), List.of(), new TreeMap<>());

    Environment environment =
        Environment.of(none, ANN, new Surroundings(OUTER, ANN, true), _ -> {});

    assertThat(environment.path())
        .isEqualTo("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
  }

  /// T106: what was taken out of the file is gone at the next start.
  @Test
  void aFileIsReadAfreshEachTime() throws Exception {
    Path file = write("A=1\nB=1\n");
    EnvSpec spec = cleared(file);
    assertThat(entries(spec, Map.of())).containsExactly("A=1", "B=1");

    write("B=2\n");

    assertThat(entries(spec, Map.of())).containsExactly("B=2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A=b                 | A=b",
        "  A = b c           | A=b c",
        "export A=b          | A=b",
        "A=                  | A=",
        "A=b # why           | A=b",
        "A=b#c               | A=b#c",
        "A='b # \\n $x' # why | A=b # \\n $x",
        "A=\"b\\tc \\$x \\\"\"   | A=b\tc $x \"",
        "A=100%$HOME         | A=100%$HOME",
        "odd.name-1=b        | odd.name-1=b"
      })
  void aLineOfAFileMayTakeManyForms(String line, String entry) throws Exception {
    Path file = write("# a comment\n\n" + line + "\n");

    assertThat(entries(cleared(file), Map.of())).containsExactly(entry.replace("\\t", "\t"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "just words, expected NAME=value",
        "1A=b, expected NAME=value",
        "A='b, the quote ' is not closed"
      })
  void aBadLineIsNamedByItsPlace(String line, String reason) throws IOException {
    Path file = write("A=b\n" + line + "\n");

    assertThatThrownBy(() -> entries(cleared(file), Map.of()))
        .isInstanceOf(LaunchException.class)
        .hasMessage("cannot read env_file '%s:2': %s".formatted(file, reason));
  }

  @Test
  void aFileThatWouldHaveToBeWaitedForIsRefused() {
    assertThatThrownBy(() -> entries(cleared(Path.of("/dev/zero")), Map.of()))
        .isInstanceOf(LaunchException.class)
        .hasMessage("cannot read env_file '/dev/zero': it is a pipe, a socket or a device");
  }

  @Test
  void aFileThatIsNoTextIsRefusedRatherThanChanged() throws IOException {
    Path file = Files.write(directory.resolve("env"), new byte[] {'A', '=', (byte) 0xE4, '\n'});

    assertThatThrownBy(() -> entries(cleared(file), Map.of()))
        .isInstanceOf(LaunchException.class)
        .hasMessage("cannot read env_file '%s': not valid UTF-8".formatted(file));
  }

  @Test
  void aFileMayBeginWithAByteOrderMark() throws Exception {
    Path file = write("\uFEFFA=1\r\nB=2\r\n");

    assertThat(entries(cleared(file), Map.of())).containsExactly("A=1", "B=2");
  }

  @Test
  void aFileThatMayBeMissingSetsNothing() throws Exception {
    EnvFile missing = new EnvFile(directory.resolve("missing").toString(), false);
    EnvSpec spec = new EnvSpec(true, List.of(), new TreeMap<>(), List.of(missing), new TreeMap<>());

    assertThat(entries(spec, Map.of())).isEmpty();
  }

  private static EnvSpec cleared(Path file) {
    return new EnvSpec(
        true,
        List.of(),
        new TreeMap<>(),
        List.of(new EnvFile(file.toString(), true)),
        new TreeMap<>());
  }

  private static List<String> entries(EnvSpec spec, Map<String, String> injected)
      throws LaunchException {
    Surroundings own = new Surroundings(OUTER, ANN, false);
    return Environment.of(spec, ANN, own, variables -> variables.putAll(injected)).entries();
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("env"), text);
  }
}

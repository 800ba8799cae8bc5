package dev.coffey.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What lies in `share`: read by the tools it is for.
class SharedFilesIT {
  private static final Path SHARE = Distribution.built().home().resolve("share");

  @ParameterizedTest
  @ValueSource(strings = {"coffeyctl", "coffeyd"})
  void completionIsShellAndCompletesTheProgram(String program) throws Exception {
    Path script = SHARE.resolve("bash-completion/completions").resolve(program);
    assumeTrue(Files.exists(Path.of("/bin/bash")));

    Ran check = Ran.in(SHARE, "/bin/bash", "-n", script.toString());

    assertThat(check.exit()).as(check.err()).isZero();
    assertThat(script).content().contains("complete ").contains(program).contains("status");
  }

  @ParameterizedTest
  @ValueSource(strings = {"man1/coffeyctl.1", "man5/coffey.yaml.5", "man8/coffeyd.8"})
  void manualPagesAreRoffWithoutWarnings(String page) throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/groff")));

    Ran groff =
        Ran.in(
            SHARE,
            "groff",
            "-man",
            "-ww",
            "-Tutf8",
            "-P-cbou",
            SHARE.resolve("man").resolve(page).toString());

    assertThat(groff.err()).isEmpty();
    assertThat(groff.out()).contains("NAME", "SEE ALSO");
  }

  @Test
  void manualPageOfTheClientHasEveryVerbOfItsHelp() throws Exception {
    Ran help = Distribution.built().ctl("--help");
    String page = Files.readString(SHARE.resolve("man/man1/coffeyctl.1")).replace("\\-", "-");

    assertThat(help.out().lines().dropWhile(line -> !line.startsWith("Commands:")))
        .filteredOn(line -> line.matches("  [a-z].*"))
        .extracting(line -> line.strip().replaceFirst(" .*", ""))
        .isNotEmpty()
        .allSatisfy(verb -> assertThat(page).contains(verb));
  }
}

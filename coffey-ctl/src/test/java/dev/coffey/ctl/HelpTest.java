package dev.coffey.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelpTest {
  private final Shell shell = Shell.at(Path.of("/nowhere/s"));

  static List<String> verbs() {
    return Coffeyctl.verbs();
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyVerbHasADescriptionOptionsAndAnExample(String verb) {
    int exit = shell.run(verb, "--help");

    assertThat(exit).isZero();
    assertThat(shell.err()).isEmpty();
    assertThat(shell.out())
        .startsWith("Usage: coffeyctl " + verb)
        .containsPattern("\n[A-Z][^\n]{20,}\\.\n")
        .contains("Options of every command:", "--socket=PATH", "-j, --json")
        .containsPattern("(?s)Examples:\n  coffeyctl " + verb)
        .doesNotContain("{program}", "%n");
    assertThat(shell.out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(101));
  }

  @Test
  void helpListsEveryVerbAndEveryExitCode() {
    shell.run("--help");

    assertThat(shell.out()).contains(Coffeyctl.verbs());
    assertThat(shell.out()).contains("124", "the daemon is not reachable");
  }

  @Test
  void helpIsAVerbToo() {
    shell.run("logs", "--help");
    String page = shell.out();

    assertThat(shell.run("help", "logs")).isZero();
    assertThat(shell.out()).isEqualTo(page);
    assertThat(shell.run("help", "nix")).isEqualTo(2);
    assertThat(shell.run("help")).isZero();
    assertThat(shell.out()).contains(Coffeyctl.verbs());
  }

  @Test
  void versionIsAnOptionToo() {
    assertThat(shell.run("--version")).isZero();
    assertThat(shell.out()).matches("coffeyctl \\d+\\.\\d+.*\\R");
  }

  @Test
  void nothingAtAllIsAMistakeThatShowsTheHelp() {
    assertThat(shell.run()).isEqualTo(2);
    assertThat(shell.out()).isEmpty();
    assertThat(shell.err()).startsWith("Usage: coffeyctl");
  }

  @Test
  void mistakesSayWhatWasMeant() {
    assertThat(shell.run("stat")).isEqualTo(2);
    assertThat(shell.err())
        .isEqualTo(
            "coffeyctl: no such command: 'stat'; did you mean 'status'? (see 'coffeyctl --help')\n");
    assertThat(shell.run("stop", "api", "--cascad")).isEqualTo(2);
    assertThat(shell.err()).contains("did you mean '--cascade'?");
    assertThat(shell.run("start")).isEqualTo(2);
    assertThat(shell.err())
        .isEqualTo(
            "coffeyctl: cannot start: name at least one service, or give --label or --all\n");
    assertThat(shell.run("start", "api", "--timeout", "soon", "-j")).isEqualTo(2);
    assertThat(shell.out())
        .startsWith("{\"error\":{\"code\":\"usage\",\"message\":\"--timeout takes");
    assertThat(shell.run("why")).isEqualTo(2);
    assertThat(shell.run("kill", "HUP")).isEqualTo(2);
  }

  @Test
  void completionIsAShellScriptWithEveryVerb() {
    assertThat(shell.run("completion")).isZero();
    assertThat(shell.out()).startsWith("#!").contains(Coffeyctl.verbs());
    assertThat(shell.run("completion", "fish")).isZero();
    assertThat(shell.out())
        .contains(Coffeyctl.verbs())
        .contains(
            "complete -c coffeyctl -n '__fish_seen_subcommand_from stop' -a"
                + " '(__coffeyctl_services)'\n");
    assertThat(shell.run("completion", "tcsh")).isEqualTo(2);
  }
}

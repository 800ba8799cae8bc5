package dev.coffey.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffey.config.CommandOptions.Misused;
import dev.coffey.ctl.Coffeyctl;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandOptionsTest {
  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

  static Set<String> verbs() {
    return ConfigCommands.verbs();
  }

  /// The client explains and completes what is read here.
  @ParameterizedTest
  @MethodSource("verbs")
  void whatTheHelpOfAVerbNamesIsUnderstood(String verb) {
    assertThat(Coffeyctl.verbs()).contains(verb);

    for (String option : optionsInHelp(verb)) {
      assertThatCode(() -> CommandOptions.of(verb, List.of(option, "x")))
          .doesNotThrowAnyException();
    }
  }

  private static Set<String> optionsInHelp(String verb) {
    var bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      assertThat(Coffeyctl.run("coffeyctl", new String[] {verb, "--help"}, out, out)).isZero();
    }
    Set<String> options =
        OPTION
            .matcher(bytes.toString(StandardCharsets.UTF_8))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toSet());
    options.remove("--help");
    return options;
  }

  @Test
  void valuesAreTakenWithAndWithoutAnEqualsSign() throws Misused {
    CommandOptions options =
        CommandOptions.of("validate", List.of("--set=a.b=c", "--set", "d=e", "-c", "f", "g", "-j"));

    assertThat(options.settings()).containsExactly("a.b=c", "d=e");
    assertThat(options.configs()).containsExactly("f");
    assertThat(options.words()).containsExactly("g");
    assertThat(options.has("--json")).isTrue();
  }

  @Test
  void aMissingValueIsAMisuse() {
    assertThatThrownBy(() -> CommandOptions.of("validate", List.of("--set")))
        .isInstanceOf(Misused.class)
        .hasMessage("option '--set' needs a value");
  }
}

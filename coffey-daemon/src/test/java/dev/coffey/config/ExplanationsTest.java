package dev.coffey.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExplanationsTest {
  private static final Pattern TOLD =
      Pattern.compile(
          "\\.?(?:error|warning|warn|wrong|stop|setCode)\\(\\s*(?:(?:subject|service),\\s*)?"
              + "\"([a-z0-9-]+)\"");

  @Test
  void eachCodeThatIsToldIsExplainedAndNoOther() throws IOException {
    assertThat(new Explanations().codes()).containsExactlyInAnyOrderElementsOf(told());
  }

  private static Set<String> told() throws IOException {
    Set<String> codes = new TreeSet<>();
    for (String room : List.of("config", "control")) {
      try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/coffey", room))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          Matcher told = TOLD.matcher(Files.readString(file));
          while (told.find()) {
            codes.add(told.group(1));
          }
        }
      }
    }
    return codes;
  }
}

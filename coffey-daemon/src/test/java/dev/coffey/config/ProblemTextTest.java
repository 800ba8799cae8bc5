package dev.coffey.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.spec.Problem;
import org.junit.jupiter.api.Test;

class ProblemTextTest {
  private static final Problem WARNING =
      new Problem(
          Problem.Severity.WARNING,
          "unused",
          "web.yaml:3",
          "services.web",
          "is never started",
          "enable it",
          "  enabled: false");

  @Test
  void howBadItIsStandsBeforeTheTextAlone() {
    assertThat(ProblemText.of(WARNING))
        .isEqualTo(
            """
            web.yaml:3: warning: services.web: is never started [unused]
                  enabled: false
              enable it
            """);
  }

  /// A log says it with the level of the line.
  @Test
  void aLineForALogDoesNotSayItAgain() {
    assertThat(ProblemText.line(WARNING))
        .isEqualTo("web.yaml:3: services.web: is never started [unused]; enable it");
  }
}

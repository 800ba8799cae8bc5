package dev.coffey.config.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProblemsTest {
  private static final Place PLACE = new Place(Source.file("web.yaml", "a: b\n"), 1, 1);

  private final Problems problems = new Problems();

  @Test
  void errorIsNeverLostBehindWarnings() {
    for (int i = 0; i < Problems.PROBLEMS_MAX + 5; i++) {
      problems.warning("no-match", PLACE, "", "number " + i, "");
    }

    problems.error("unknown-key", PLACE, "a", "unknown key 'a'", "");

    assertThat(problems.hasErrors()).isTrue();
    assertThat(problems.dropped()).isEqualTo(5);
    assertThat(problems.findings()).anyMatch(Finding::isError);
  }

  @Test
  void nameOfAFileCannotBreakTheLineOrCommandTheTerminal() {
    problems.error("unknown-key", PLACE, "a\nb", "key '\u001b[2J\u202e'", "x".repeat(10_000));

    var problem = problems.findings().getFirst().problem();

    assertThat(problem.path()).isEqualTo("a\\nb");
    assertThat(problem.message()).isEqualTo("key '\\u001b[2J\\u202e'");
    assertThat(problem.help()).hasSizeLessThan(1000).endsWith("…");
  }
}

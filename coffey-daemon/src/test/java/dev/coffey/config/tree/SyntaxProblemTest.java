package dev.coffey.config.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.spec.Problem;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Mistakes of YAML are told where they were made, and as what they are.
class SyntaxProblemTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          a:;  b: 1; c: 2          | 3:2  | indented like none of the lines
          a: [1, 2;b: 3            | 1:4  | '[' is not closed
          a: {b: [1}               | 1:8  | '[' is not closed
          a: {b: 1;c: 2            | 1:4  | '{' is not closed
          a: "b;c: d;              | 1:4  | this quote is not closed
          a: 'b;c: d;              | 1:4  | this quote is not closed
          a: b: c                  | 1:5  | a value that holds ': ' must be quoted
          a;  b: c                 | 2:4  | a key cannot stand here
          -a: 1; b: 2              | 2:3  | a key cannot stand here
          a: 1;b;c: 1              | 2:1  | ':' is missing behind this key
          a: [*, b]                | 1:5  | '*' and '&' begin the name of an anchor
          a: @b                    | 1:4  | a text cannot begin with '@'
          a: `b                    | 1:4  | a text cannot begin with '`'
          a:;  b:/bin/c;  c: 1     | 2:4  | ':' lacks the blank behind it
          a:;  b:/c;  # d;;  c: 1  | 2:4  | ':' lacks the blank behind it
          a:;  http://b;  c: 1     | 3:4  | a key cannot stand here
          a: 1;-b;c: 1             | 2:1  | '-' lacks the blank behind it
          a: "\\d"                 | 1:6  | '\\d' means nothing in double quotes
          a: [#b, c];d: 1          | 1:5  | '#' begins a comment
          a: [                     | 1:4  | the file ends where a value should follow
          a:;<<<<<<< HEAD;  b: 1   | 2:1  | the mark of a conflict
          a: 1;=======;b: 2        | 2:1  | the mark of a conflict
          """)
  void mistakeIsToldInWordsAndAtItsPlace(String lines, String place, String message) {
    Problems problems = new Problems();
    byte[] text = lines.replace(";", "\n").getBytes(StandardCharsets.UTF_8);

    assertThat(YamlParser.parse("f", text, problems)).isEmpty();

    Problem problem = problems.findings().getFirst().problem();
    assertThat(problems.count()).isEqualTo(1);
    assertThat(problem.place()).isEqualTo("f:" + place);
    assertThat(problem.message()).contains(message);
  }

  @Test
  void fileOfTheLargestSizeIsReadToItsEnd() {
    Problems problems = new Problems();
    String line = "# what somebody has written here to fill the file with words of no use\n";
    String text = line.repeat((YamlParser.FILE_BYTES_MAX - 5) / line.length()) + "a: 1\n";

    var tree = YamlParser.parse("f", text.getBytes(StandardCharsets.UTF_8), problems);

    assertThat(problems.count()).isZero();
    assertThat(tree).isPresent();
  }
}

package dev.coffey.config.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the short way reads must be what the long way reads, to the last column; and where the long
/// way finds fault, the short way must have given up.
class PlainParserTest {
  private static final List<String> PIECES =
      List.of(
          "a",
          "b: ",
          "c:",
          "- ",
          "-",
          "? ",
          ":",
          "\n",
          "\n  ",
          "\n    ",
          "\n- ",
          " ",
          "{",
          "}",
          "[",
          "]",
          ", ",
          ",",
          "'q'",
          "\"d\"",
          "'",
          "\"",
          "&x ",
          "*x",
          "!t ",
          "|\n",
          "# c",
          "#",
          "---\n",
          "null",
          "~",
          "<<: ",
          "\\",
          "key: value\n",
          "- item\n",
          "  k: v\n",
          "a: {b: [c, d]}\n",
          "a:\n  - b: c\n    d: e\n",
          "\t",
          "=",
          "--port",
          "http://h:80/",
          "5",
          "${A}",
          "@",
          "%",
          "é");

  private static List<String> corpus() throws IOException {
    List<String> corpus = new ArrayList<>();
    for (String root : List.of("src/test/resources/dev/coffey/config", "../deploy/src/examples")) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
          corpus.add(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        }
      }
    }
    return corpus;
  }

  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  @Test
  void ordinaryFilesTakeTheShortWay() throws IOException {
    List<String> corpus = corpus();

    long quick = corpus.stream().filter(PlainParserTest::isSameBothWays).count();

    assertThat(corpus).hasSizeGreaterThan(60);
    assertThat(quick).isGreaterThan(corpus.size() / 2);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void brokenFileIsReadAlikeBothWays(int seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> corpus = corpus();
    for (int round = 0; round < 100; round++) {
      String file = corpus.get(random.nextInt(corpus.size()));
      StringBuilder text = new StringBuilder(file.substring(0, Math.min(file.length(), 600)));
      for (int change = random.nextInt(3); change >= 0; change--) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(4));
        text.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
      }

      boolean _ = isSameBothWays(text.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyTextIsReadAlikeBothWays(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 500; round++) {
      StringBuilder text = new StringBuilder();
      for (int piece = random.nextInt(12); piece >= 0; piece--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }

      boolean _ = isSameBothWays(text.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: &x 1\n",
        "a: *x\n",
        "a: !t 1\n",
        "a: |\n  b\n",
        "a: >\n  b\n",
        "a: 'it''s'\n",
        "a: \"\\n\"\n",
        "a: b\n  c\n",
        "a: 1\na: 2\n",
        "<<: {a: 1}\n",
        "? a\n: b\n",
        "--- a\n",
        "a:\tb\n",
        "a: b: c\n",
        "a: [b\n",
        "a: {b: 1,}\n",
        "null: 1\n",
        "a: é\n",
        "a\n",
        "- - a\n",
        ""
      })
  void whatIsUnusualTakesTheLongWay(String text) {
    assertThat(PlainParser.parse(Source.file("f", text), text)).isNull();
  }

  /// Whether the short way reads it; then both must agree.
  private static boolean isSameBothWays(String text) {
    Source source = Source.file("f", text);
    Tree quick = PlainParser.parse(source, text);
    if (quick == null) {
      return false;
    }
    Problems problems = new Problems();

    Optional<Tree> slow = YamlParser.full(source, text, problems);
    assertThat(slow).as(text).isEqualTo(Optional.of(quick));
    // Maps are equal in any order of their keys, but the order written means something.
    assertThat(slow).as(text).hasToString(Optional.of(quick).toString());
    assertThat(problems.count()).as(text).isZero();
    return true;
  }
}

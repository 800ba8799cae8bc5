package dev.coffey.config.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.scanner.ScannerImpl;

/// A parser that looks ahead must see what it would see without.
class LookaheadTest {
  private static final List<String> PIECES =
      List.of(
          "a",
          "b: ",
          "- ",
          "? ",
          ": ",
          "\n",
          "\n  ",
          "\n    ",
          "{",
          "}",
          "[",
          "]",
          ", ",
          "'q'",
          "\"d\"",
          "&x ",
          "*x",
          "!t ",
          "|\n  t\n",
          ">\n  t\n",
          "# c\n",
          "---\n",
          "...\n",
          "%T\n",
          "\t",
          "key: value\n",
          "- item\n",
          "a: {b: [c, d]}\n");

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  @Test
  void eventsOfAnOrdinaryFileAreTheSame() {
    String text = "services:\n  - name: web\n    args: [a, 'b', \"c\"]\n    env: {A: 1}\n";

    assertThat(events(text, true)).isEqualTo(events(text, false)).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void eventsAndComplaintsOfAnyTextAreTheSame(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      StringBuilder text = new StringBuilder();
      for (int piece = random.nextInt(12); piece >= 0; piece--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }

      List<String> seen = events(text.toString(), true);

      assertThat(seen).as(text.toString()).isEqualTo(events(text.toString(), false));
    }
  }

  private static List<String> events(String text, boolean ahead) {
    LoaderOptions options = new LoaderOptions();
    StreamReader reader = new StreamReader(text);
    Parser parser =
        ahead
            ? new ParserImpl(new Lookahead(new ScannerImpl(reader, options)))
            : new ParserImpl(reader, options);
    List<String> events = new ArrayList<>();
    try {
      while (!parser.checkEvent(Event.ID.StreamEnd)) {
        Event event = parser.getEvent();
        events.add(event + " " + event.getStartMark() + event.getEndMark());
      }
    } catch (YAMLException wrong) {
      events.add(wrong.toString());
    }
    return events;
  }
}

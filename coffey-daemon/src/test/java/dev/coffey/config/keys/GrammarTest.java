package dev.coffey.config.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The reader checks some texts by hand, the schema gives the expression: both must mean the same.
class GrammarTest {
  private static final String LETTERS = "aZ09_.-@@=== /:*?[]%$~\t\n\u000B\f\r\0ä";

  @ParameterizedTest
  @EnumSource(Grammar.class)
  void textFitsWhenItFitsTheExpressionOfTheSchema(Grammar grammar) {
    Pattern pattern = Pattern.compile(grammar.regex());
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 20_000; round++) {
      String text = text(random);

      assertThat(grammar.matches(text)).as(text).isEqualTo(pattern.matcher(text).matches());
    }
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(10) == 0 ? 60 + random.nextInt(8) : random.nextInt(6);
    boolean plain = length > 6;
    for (int at = 0; at < length; at++) {
      text.append(plain ? 'a' : LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    if (plain && random.nextBoolean()) {
      text.insert(random.nextInt(length), '@');
    }
    return text.toString();
  }
}

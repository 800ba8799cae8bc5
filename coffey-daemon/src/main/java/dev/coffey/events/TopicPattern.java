package dev.coffey.events;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Which topics are wanted: `service.*` (one part), `**` (any number of parts),
/// `probe.(degraded|healthy)` (one of these).
///
/// A pattern comes from a caller, so matching takes time in proportion to its length and never
/// searches: groups are written out, and a `**` is tried again only where it last stood.
public final class TopicPattern {
  /// Longer ones are refused.
  public static final int PATTERN_CHARS_MAX = 256;

  /// As many plain patterns the groups of one may make.
  static final int WRITTEN_OUT_MAX = 64;

  private static final Pattern TOPIC = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*");
  private static final Pattern PART = Pattern.compile("[a-z0-9-]+|\\*|\\*\\*");

  private final List<List<String>> plain;

  private TopicPattern(List<List<String>> plain) {
    this.plain = plain;
  }

  /// Reads a pattern.
  ///
  /// @throws IllegalArgumentException when it is none
  public static TopicPattern parse(String text) {
    if (text.length() > PATTERN_CHARS_MAX) {
      throw new IllegalArgumentException(
          "topic pattern must be up to %d characters long".formatted(PATTERN_CHARS_MAX));
    }
    List<String> written = new ArrayList<>();
    writeOut(text, text, written);
    return new TopicPattern(written.stream().map(one -> parts(one, text)).toList());
  }

  static boolean isTopic(String text) {
    return TOPIC.matcher(text).matches();
  }

  /// Whether a topic is wanted.
  public boolean matches(String topic) {
    List<String> parts = split(topic);
    return plain.stream().anyMatch(pattern -> matches(pattern, parts));
  }

  private static void writeOut(String rest, String whole, List<String> written) {
    int open = rest.indexOf('(');
    if (open < 0) {
      if (written.size() == WRITTEN_OUT_MAX) {
        throw new IllegalArgumentException(
            "topic pattern '%s' must stand for up to %d patterns"
                .formatted(whole, WRITTEN_OUT_MAX));
      }
      written.add(rest);
      return;
    }
    int close = rest.indexOf(')', open);
    if (close < 0 || rest.substring(open + 1, close).indexOf('(') >= 0) {
      throw wrong(whole);
    }
    for (String choice : rest.substring(open + 1, close).split("\\|", -1)) {
      writeOut(rest.substring(0, open) + choice + rest.substring(close + 1), whole, written);
    }
  }

  private static List<String> parts(String plain, String whole) {
    List<String> parts = split(plain);
    for (String part : parts) {
      if (!PART.matcher(part).matches()) {
        throw wrong(whole);
      }
    }
    return parts;
  }

  private static List<String> split(String dotted) {
    return List.of(dotted.split("\\.", -1));
  }

  private static IllegalArgumentException wrong(String whole) {
    return new IllegalArgumentException(
        "topic pattern must be dotted words, '*' for one, '**' for any number, '(a|b)' for one of"
            + " these, not '%s'".formatted(whole));
  }

  private static boolean matches(List<String> pattern, List<String> topic) {
    int at = 0;
    int wildcard = -1;
    int resume = 0;
    int i = 0;
    while (i < topic.size()) {
      if (at < pattern.size() && pattern.get(at).equals("**")) {
        wildcard = at++;
        resume = i;
      } else if (at < pattern.size() && matchesPart(pattern.get(at), topic.get(i))) {
        at++;
        i++;
      } else if (wildcard >= 0) {
        at = wildcard + 1;
        i = ++resume;
      } else {
        return false;
      }
    }
    while (at < pattern.size() && pattern.get(at).equals("**")) {
      at++;
    }
    return at == pattern.size();
  }

  private static boolean matchesPart(String pattern, String part) {
    return pattern.equals("*") || pattern.equals(part);
  }
}

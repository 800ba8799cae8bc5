package dev.coffey.logs.segments;

import java.util.HashMap;
import java.util.Map;

/// A marker's words: its kind, then `key=number` pairs, then free text.
final class MarkerText {
  private final String kind;
  private final Map<String, Long> numbers = new HashMap<>();
  private final String rest;

  MarkerText(String text) {
    int at = word(text, 0);
    kind = text.substring(0, at);
    while (at < text.length()) {
      int end = word(text, at + 1);
      int equals = text.indexOf('=', at + 1);
      if (equals < 0 || equals > end) {
        break;
      }
      numbers.put(text.substring(at + 1, equals), digits(text.substring(equals + 1, end), -1));
      at = end;
    }
    rest = at < text.length() ? text.substring(at + 1) : "";
  }

  String kind() {
    return kind;
  }

  /// The number behind a key; -1 where there is none.
  long number(String key) {
    return numbers.getOrDefault(key, -1L);
  }

  String rest() {
    return rest;
  }

  static long digits(String text, long otherwise) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      return otherwise;
    }
  }

  private static int word(String text, int from) {
    int end = text.indexOf(' ', from);
    return end < 0 ? text.length() : end;
  }
}

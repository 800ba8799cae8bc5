package dev.coffey.config.tree;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The known word that was probably meant.
public final class NearestWord {
  private static final int LISTED_MAX = 40;
  private static final int WORD_CHARS_MAX = 80;
  private static final int SHORT_CHARS = 3;
  private static final int PREFIX_CHARS_MIN = 4;

  private NearestWord() {}

  /// `did you mean 'x'?`, or else all words that are allowed.
  public static String help(String word, Collection<String> known) {
    return of(word, known)
        .map("did you mean '%s'?"::formatted)
        .orElseGet(() ->
            known.isEmpty() || known.size() > LISTED_MAX
                ? ""
                : "allowed here: " + String.join(", ", known));
  }

  /// The nearest word, if any is near.
  public static Optional<String> of(String word, Collection<String> known) {
    if (word.length() > WORD_CHARS_MAX) {
      return Optional.empty();
    }
    String given = plain(word);
    // Every letter is near every other: of so short a word nothing is known.
    int bound = given.length() < SHORT_CHARS ? 0 : Math.max(1, given.length() / 3);
    return known.stream()
        .filter(candidate -> distance(given, plain(candidate)) <= bound)
        .min(Comparator.comparingInt(candidate -> distance(given, plain(candidate))))
        .or(() -> begun(given, known));
  }

  /// The one word that begins like this.
  private static Optional<String> begun(String given, Collection<String> known) {
    List<String> longer =
        known.stream().filter(candidate -> plain(candidate).startsWith(given)).toList();
    return given.length() >= PREFIX_CHARS_MIN && longer.size() == 1
        ? Optional.of(longer.getFirst())
        : Optional.empty();
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /// The number of letters to add, drop, change or swap with their neighbour.
  static int distance(String left, String right) {
    int[] twoAbove = new int[right.length() + 1];
    int[] above = new int[right.length() + 1];
    Arrays.setAll(above, i -> i);
    for (int i = 1; i <= left.length(); i++) {
      int[] row = new int[right.length() + 1];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int cost = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], above[j]) + 1, above[j - 1] + cost);
        boolean swapped =
            i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], twoAbove[j - 2] + 1);
        }
      }
      twoAbove = above;
      above = row;
    }
    return above[right.length()];
  }
}

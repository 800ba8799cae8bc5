package dev.coffey.control;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Finds the names that somebody may have meant.
final class Closest {
  static final int NAMES_MAX = 3;

  private Closest() {}

  /// The names most like the given one, the likeliest first; none where none is like it.
  static List<String> to(String given, List<String> names) {
    String wanted = given.toLowerCase(Locale.ROOT);
    int far = Math.max(2, wanted.length() / 3);
    record Rated(String name, int distance) {}
    return names.stream()
        .map(name -> new Rated(name, distance(wanted, name.toLowerCase(Locale.ROOT))))
        .filter(rated -> rated.distance() <= far)
        .sorted(Comparator.comparingInt(Rated::distance).thenComparing(Rated::name))
        .limit(NAMES_MAX)
        .map(Rated::name)
        .toList();
  }

  /// How many characters must be changed, added or left out; a beginning costs less.
  private static int distance(String one, String other) {
    if (!one.isEmpty() && (other.startsWith(one) || one.startsWith(other))) {
      return 1;
    }
    int[] above = new int[other.length() + 1];
    for (int j = 0; j < above.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[above.length];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[other.length()];
  }
}

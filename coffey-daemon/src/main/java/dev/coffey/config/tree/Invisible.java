package dev.coffey.config.tree;

import java.util.Locale;

/// What an editor does not show, or shows as a blank: no-break spaces, zero-width letters.
public final class Invisible {
  private Invisible() {}

  /// The way out for a word that holds such a letter; empty where it does not.
  public static String help(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c > 0x7F && (Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT)) {
        return String.format(
            Locale.ROOT,
            "letter U+%04X in it looks like a blank, or like nothing: remove it",
            (int) c);
      }
    }
    return "";
  }
}

package dev.coffey.spec;

/// A service's name: unique in a plan, safe in a file name and in a metric label; an instance
/// carries its number or word after an `@`.
public record ServiceName(String value) implements Comparable<ServiceName> {
  /// What the operator is told the grammar is.
  public static final String GRAMMAR =
      "a letter or digit, then up to 62 letters, digits, '_', '.' or '-', with an optional"
          + " '@instance'";

  private static final int PART_CHARS_MAX = 63;

  public ServiceName {
    if (!valid(value)) {
      throw new IllegalArgumentException("service name '%s' must be %s".formatted(value, GRAMMAR));
    }
  }

  /// Whether a text may serve as a name.
  public static boolean valid(String text) {
    int at = text.indexOf('@');
    return at < 0
        ? isPart(text, 0, text.length())
        : isPart(text, 0, at) && isPart(text, at + 1, text.length());
  }

  private static boolean isPart(String text, int from, int to) {
    if (to - from < 1 || to - from > PART_CHARS_MAX || !isLetterOrDigit(text.charAt(from))) {
      return false;
    }
    for (int i = from + 1; i < to; i++) {
      char c = text.charAt(i);
      if (!isLetterOrDigit(c) && c != '_' && c != '.' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /// The name before the `@`.
  public String base() {
    int at = value.indexOf('@');
    return at < 0 ? value : value.substring(0, at);
  }

  /// What stands after the `@`; empty for a service without instances.
  public String instance() {
    int at = value.indexOf('@');
    return at < 0 ? "" : value.substring(at + 1);
  }

  // By hand: names are the keys of most maps there are.
  @Override
  public boolean equals(Object other) {
    return other instanceof ServiceName(String text) && text.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public int compareTo(ServiceName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

package dev.coffey.spec;

import java.util.regex.Pattern;

/// A service's name: unique in a plan, safe in a file name and in a metric label; an instance
/// carries its number or word after an `@`.
public record ServiceName(String value) implements Comparable<ServiceName> {
  /// What the operator is told the grammar is.
  public static final String GRAMMAR =
      "a letter or digit, then up to 62 letters, digits, '_', '.' or '-', with an optional"
          + " '@instance'";

  private static final Pattern SHAPE =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}(@[A-Za-z0-9][A-Za-z0-9_.-]{0,62})?");

  public ServiceName {
    if (!valid(value)) {
      throw new IllegalArgumentException("service name '%s' must be %s".formatted(value, GRAMMAR));
    }
  }

  /// Whether a text may serve as a name.
  public static boolean valid(String text) {
    return SHAPE.matcher(text).matches();
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

  @Override
  public int compareTo(ServiceName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

package dev.coffey.config.tree;

import org.jspecify.annotations.Nullable;

/// The way from the top to a value: `services.web.depends_on[0].name`.
public record KeyPath(@Nullable KeyPath parent, String step) {
  /// The top itself.
  public static final KeyPath TOP = new KeyPath(null, "");

  /// The path of a key below.
  public KeyPath key(String name) {
    return new KeyPath(this, name);
  }

  /// The path of an item below, counted from 0.
  public KeyPath item(int index) {
    return new KeyPath(this, "[" + index + "]");
  }

  @Override
  public String toString() {
    if (parent == null) {
      return step;
    }
    String above = parent.toString();
    return above.isEmpty() || step.startsWith("[") ? above + step : above + "." + step;
  }
}

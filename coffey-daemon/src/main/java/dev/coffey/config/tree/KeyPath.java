package dev.coffey.config.tree;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The way from the top to a value: `services.web.depends_on[0].name`.
public record KeyPath(@Nullable KeyPath parent, String step) {
  /// The top itself.
  public static final KeyPath TOP = new KeyPath(null, "");

  private static final List<String> FIRST_ITEMS =
      IntStream.range(0, 16).mapToObj(KeyPath::step).toList();

  /// The path of a key below.
  public KeyPath key(String name) {
    return new KeyPath(this, name);
  }

  /// The path of an item below, counted from 0.
  public KeyPath item(int index) {
    return new KeyPath(this, index < FIRST_ITEMS.size() ? FIRST_ITEMS.get(index) : step(index));
  }

  private static String step(int index) {
    return "[" + index + "]";
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

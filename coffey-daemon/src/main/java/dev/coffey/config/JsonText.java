package dev.coffey.config;

import java.util.Collection;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Writes maps, lists, texts, numbers and flags as JSON, and an empty [Optional] as `null`.
final class JsonText {
  private final StringBuilder out = new StringBuilder();
  private final boolean pretty;

  private JsonText(boolean pretty) {
    this.pretty = pretty;
  }

  /// On one line.
  static String line(Object value) {
    return new JsonText(false).value(value, 0).out.toString();
  }

  /// Indented, for files that people read.
  static String pages(Object value) {
    return new JsonText(true).value(value, 0).out.append('\n').toString();
  }

  private JsonText value(Object value, int depth) {
    switch (value) {
      case Map<?, ?> map -> map(map, depth);
      case Collection<?> list -> list(list, depth);
      case Boolean flag -> out.append(flag);
      case Number number -> out.append(number);
      case Optional<?> nothing when nothing.isEmpty() -> out.append("null");
      default -> text(value.toString());
    }
    return this;
  }

  private void map(Map<?, ?> map, int depth) {
    out.append('{');
    Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<?, ?> entry = entries.next();
      newLine(depth + 1);
      text(String.valueOf(entry.getKey()));
      out.append(pretty ? ": " : ":");
      value(entry.getValue(), depth + 1);
      out.append(entries.hasNext() ? "," : "");
    }
    if (!map.isEmpty()) {
      newLine(depth);
    }
    out.append('}');
  }

  private void list(Collection<?> list, int depth) {
    out.append('[');
    Iterator<?> items = list.iterator();
    while (items.hasNext()) {
      newLine(depth + 1);
      value(items.next(), depth + 1);
      out.append(items.hasNext() ? "," : "");
    }
    if (!list.isEmpty()) {
      newLine(depth);
    }
    out.append(']');
  }

  private void newLine(int depth) {
    if (pretty) {
      out.append('\n').append("  ".repeat(depth));
    }
  }

  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        default -> out.append(c < 0x20 ? String.format(Locale.ROOT, "\\u%04x", (int) c) : c);
      }
    }
    out.append('"');
  }
}

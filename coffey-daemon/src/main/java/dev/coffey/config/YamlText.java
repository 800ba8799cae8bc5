package dev.coffey.config;

import dev.coffey.config.tree.Tree;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Writes single values as YAML that reads back as what it was.
final class YamlText {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./@%+^-][A-Za-z0-9_./@%+^:=-]*");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
  private static final Set<String> WORDS =
      Set.of("null", "Null", "NULL", "~", "-", "---", "...", "<<", "true", "false");

  private YamlText() {}

  /// A scalar: plain where that is safe, quoted otherwise; `${` is written so that it stays.
  static String scalar(Tree.Scalar scalar) {
    String text = scalar.text();
    return scalar.quoted() ? text(text) : word(text);
  }

  /// A text that may be a flag.
  static String word(String text) {
    return text.equals("true") || text.equals("false") ? text : text(text);
  }

  static String text(String text) {
    String kept = text.replace("$$", "$$$$").replace("${", "$${");
    return NUMBER.matcher(kept).matches() || isPlain(kept) ? kept : quoted(kept);
  }

  private static boolean isPlain(String text) {
    return PLAIN.matcher(text).matches()
        && !WORDS.contains(text)
        && !text.endsWith(":")
        && "-@%".indexOf(text.charAt(0)) < 0;
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints().forEach(c -> out.append(escaped(c)));
    return out.append('"').toString();
  }

  private static String escaped(int c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      case '\r' -> "\\r";
      default ->
          c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF
              ? String.format("\\u%04x", c)
              : Character.toString(c);
    };
  }

  /// A value on one line.
  static String flow(Tree tree) {
    return switch (tree) {
      case Tree.Scalar scalar -> scalar(scalar);
      case Tree.Empty _ -> "null";
      case Tree.Sequence(List<Tree> items, _, _) ->
          "[" + String.join(", ", items.stream().map(YamlText::flow).toList()) + "]";
      case Tree.Mapping mapping ->
          "{"
              + String.join(
                  ", ",
                  mapping.fields().entrySet().stream()
                      .map(entry -> key(entry.getKey()) + ": " + flow(entry.getValue().value()))
                      .toList())
              + "}";
    };
  }

  /// A key; references are never replaced in keys.
  static String key(String key) {
    return isPlain(key) && !key.contains(":") ? key : quoted(key);
  }
}

package dev.coffey.config.tree;

/// Where a key or a value stands; line and column count from 1, and line 0 means the whole source.
public record Place(Source source, int line, int column) {
  /// What is shown of a long line.
  public static final int EXCERPT_CHARS_MAX = 120;

  /// The source as a whole.
  public static Place whole(Source source) {
    return new Place(source, 0, 0);
  }

  /// `file:line:col`.
  public String shown() {
    return hasLine() ? source.name() + ":" + line + ":" + column : source.name();
  }

  /// `file:line`.
  public String origin() {
    return hasLine() ? source.name() + ":" + line : source.name();
  }

  private boolean hasLine() {
    return line > 0 && source.isFile();
  }

  /// The line and a caret below it; empty without a line.
  public String excerpt() {
    String text = source.line(line);
    if (text.isBlank()) {
      return "";
    }
    int caret = Math.clamp(column - 1L, 0, text.length());
    int from = caret < EXCERPT_CHARS_MAX ? 0 : caret - EXCERPT_CHARS_MAX / 2;
    int to = Math.min(text.length(), from + EXCERPT_CHARS_MAX);
    StringBuilder shown = new StringBuilder();
    text.substring(from, to).chars().forEach(c -> shown.append(printable(c)));
    return shown.toString().stripTrailing() + "\n" + " ".repeat(caret - from) + "^";
  }

  private static char printable(int c) {
    return c == '\t' ? ' ' : Problems.isUnprintable(c) ? '\uFFFD' : (char) c;
  }
}

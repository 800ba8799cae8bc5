package dev.coffey.config.tree;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Something that configuration was read from: a file, or a name such as `--set`.
public final class Source {
  /// What ends a line for the parser, whose lines these are.
  private static final Pattern LINE_END = Pattern.compile("\r\n|[\n\r\u0085\u2028\u2029]");

  private final String name;
  private final String text;
  private final boolean file;
  private @Nullable List<String> lines;

  private Source(String name, String text, boolean file) {
    this.name = name;
    this.text = text;
    this.file = file;
  }

  /// A file and its text.
  public static Source file(String name, String text) {
    return new Source(name, text, true);
  }

  /// A source without lines: `default`, `--set`, `environment COFFEY_SOCKET`.
  public static Source named(String name) {
    return new Source(name, "", false);
  }

  public String name() {
    return name;
  }

  /// Whether lines and columns of it mean something to the operator.
  public boolean isFile() {
    return file;
  }

  String text() {
    return text;
  }

  /// How many lines there are.
  int lines() {
    return split().size();
  }

  private List<String> split() {
    List<String> split = lines;
    if (split == null) {
      split = List.of(LINE_END.split(text, -1));
      lines = split;
    }
    return split;
  }

  /// A line counted from 1; empty where there is none.
  String line(int number) {
    List<String> split = split();
    return number >= 1 && number <= split.size() ? split.get(number - 1) : "";
  }

  @Override
  public String toString() {
    return name;
  }
}

package dev.coffey.config.tree;

import dev.coffey.spec.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects all that is wrong, so that it can be told at once.
public final class Problems {
  /// More errors than this, or more warnings, help nobody; the rest is only counted.
  public static final int PROBLEMS_MAX = 1000;

  private static final int TEXT_CHARS_MAX = 600;

  /// By file, line and column.
  public static final Comparator<Finding> BY_PLACE =
      Comparator.comparing((Finding finding) -> finding.place().source().name())
          .thenComparingInt(finding -> finding.place().line())
          .thenComparingInt(finding -> finding.place().column());

  private final List<Finding> findings = new ArrayList<>();
  private int errors;
  private int dropped;

  /// Something that makes the plan unusable; `help` may be empty.
  public void error(String code, Place place, Object path, String message, String help) {
    add(Problem.Severity.ERROR, code, place, path, message, help);
  }

  /// Something that works, but is probably not meant.
  public void warning(String code, Place place, Object path, String message, String help) {
    add(Problem.Severity.WARNING, code, place, path, message, help);
  }

  private void add(
      Problem.Severity severity,
      String code,
      Place place,
      Object path,
      String message,
      String help) {
    boolean full =
        severity == Problem.Severity.ERROR
            ? errors >= PROBLEMS_MAX
            : findings.size() - errors >= PROBLEMS_MAX;
    if (full) {
      dropped++;
      return;
    }
    errors += severity == Problem.Severity.ERROR ? 1 : 0;
    Problem problem =
        new Problem(
            severity,
            code,
            place.shown(),
            onOneLine(path.toString()),
            onOneLine(message),
            onOneLine(help),
            place.excerpt());
    findings.add(new Finding(problem, place));
  }

  /// Names and values of the files stand in it: none of them may break the line, command the
  /// terminal or bury what matters.
  private static String onOneLine(String text) {
    String cut = text.length() > TEXT_CHARS_MAX ? text.substring(0, TEXT_CHARS_MAX) + "…" : text;
    if (cut.chars().noneMatch(Problems::isUnprintable)) {
      return cut;
    }
    StringBuilder out = new StringBuilder();
    cut.chars()
        .forEach(c -> {
          if (isUnprintable(c)) {
            out.append(c == '\n' ? "\\n" : c == '\t' ? "\\t" : String.format("\\u%04x", c));
          } else {
            out.append((char) c);
          }
        });
    return out.toString();
  }

  /// Controls, line separators, and what turns the direction of writing round.
  static boolean isUnprintable(int c) {
    return Character.isISOControl(c)
        || (c >= 0x2028 && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }

  public boolean hasErrors() {
    return errors > 0;
  }

  /// How many findings there are.
  public int count() {
    return findings.size() + dropped;
  }

  /// How many problems there were beyond the limit.
  public int dropped() {
    return dropped;
  }

  /// All findings, by file and line.
  public List<Finding> findings() {
    return findings.isEmpty() ? List.of() : findings.stream().sorted(BY_PLACE).toList();
  }
}

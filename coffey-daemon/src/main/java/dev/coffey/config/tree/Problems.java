package dev.coffey.config.tree;

import dev.coffey.spec.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects all that is wrong, so that it can be told at once.
public final class Problems {
  /// More than this helps nobody; the rest is only counted.
  public static final int PROBLEMS_MAX = 1000;

  /// By file, line and column.
  public static final Comparator<Finding> BY_PLACE =
      Comparator.comparing((Finding finding) -> finding.place().source().name())
          .thenComparingInt(finding -> finding.place().line())
          .thenComparingInt(finding -> finding.place().column());

  private final List<Finding> findings = new ArrayList<>();
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
    if (findings.size() >= PROBLEMS_MAX) {
      dropped++;
      return;
    }
    Problem problem =
        new Problem(severity, code, place.shown(), path.toString(), message, help, place.excerpt());
    findings.add(new Finding(problem, place));
  }

  public boolean hasErrors() {
    return findings.stream().anyMatch(Finding::isError);
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
    return findings.stream().sorted(BY_PLACE).toList();
  }
}

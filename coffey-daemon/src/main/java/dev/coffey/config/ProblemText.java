package dev.coffey.config;

import dev.coffey.spec.Problem;

/// A problem as people read it.
public final class ProblemText {
  private ProblemText() {}

  /// `place: path: message [code]`, the line and its caret, and the way out.
  public static String of(Problem problem) {
    StringBuilder out = new StringBuilder(problem.place()).append(": ");
    if (problem.severity() == Problem.Severity.WARNING) {
      out.append("warning: ");
    }
    if (!problem.path().isEmpty()) {
      out.append(problem.path()).append(": ");
    }
    out.append(problem.message()).append(" [").append(problem.code()).append("]\n");
    problem.excerpt().lines().forEach(line -> out.append("    ").append(line).append('\n'));
    if (!problem.help().isEmpty()) {
      out.append("  ").append(problem.help()).append('\n');
    }
    return out.toString();
  }
}

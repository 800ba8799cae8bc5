package dev.coffey.config;

import dev.coffey.spec.Problem;

/// A problem as people read it.
public final class ProblemText {
  private ProblemText() {}

  /// `place: path: message [code]; way out`: what a log takes, whose level says how bad it is.
  public static String line(Problem problem) {
    String head = head(problem, "");
    return problem.help().isEmpty() ? head : head + "; " + problem.help();
  }

  /// `place: path: message [code]`, the line of the file and its caret, and the way out.
  public static String of(Problem problem) {
    String severity = problem.severity() == Problem.Severity.WARNING ? "warning: " : "";
    StringBuilder out = new StringBuilder(head(problem, severity)).append('\n');
    problem.excerpt().lines().forEach(line -> out.append("    ").append(line).append('\n'));
    if (!problem.help().isEmpty()) {
      out.append("  ").append(problem.help()).append('\n');
    }
    return out.toString();
  }

  private static String head(Problem problem, String severity) {
    String path = problem.path().isEmpty() ? "" : problem.path() + ": ";
    return "%s: %s%s%s [%s]"
        .formatted(problem.place(), severity, path, problem.message(), problem.code());
  }
}

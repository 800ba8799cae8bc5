package dev.coffey.ctl.output;

import dev.coffey.v1.Finding;

/// What the daemon found about its machine, a line each.
public final class FindingText {
  private FindingText() {}

  public static String of(Finding finding) {
    String text = "%-8s %s".formatted(level(finding), Escapes.plain(finding.getMessage()));
    return finding.hasAdvice() ? text + "; " + Escapes.plain(finding.getAdvice()) : text;
  }

  private static String level(Finding finding) {
    return switch (finding.getLevel()) {
      case FINDING_LEVEL_GOOD -> "has";
      case FINDING_LEVEL_MISSING -> "lacks";
      case FINDING_LEVEL_WRONG -> "wrong";
      case FINDING_LEVEL_UNSPECIFIED, UNRECOGNIZED -> "";
    };
  }
}

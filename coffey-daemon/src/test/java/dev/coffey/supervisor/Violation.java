package dev.coffey.supervisor;

import dev.coffey.spec.ServiceName;
import java.util.List;

/// Something that must never be, and was.
final class Violation extends AssertionError {
  private static final long serialVersionUID = 1;

  private final String rule;
  private final transient List<ServiceName> about;

  /// @param rule what must hold, always in the same words
  Violation(String rule, String detail, ServiceName... about) {
    super(detail.isEmpty() ? rule : rule + ": " + detail);
    this.rule = rule;
    this.about = List.of(about);
  }

  static void require(boolean truth, String rule, Object detail, ServiceName... about) {
    if (!truth) {
      throw new Violation(rule, detail.toString(), about);
    }
  }

  String rule() {
    return rule;
  }

  List<ServiceName> about() {
    return about;
  }
}

package dev.coffey.health;

/// What one look at a service found, or what became of a command.
public record Verdict(boolean good, String detail) {
  /// More than a screen line or two helps nobody, and a service must not fill our memory with it.
  static final int DETAIL_CHARS_MAX = 1024;

  public Verdict {
    if (detail.length() > DETAIL_CHARS_MAX) {
      detail = detail.substring(0, DETAIL_CHARS_MAX) + "…";
    }
  }

  static Verdict good(String detail) {
    return new Verdict(true, detail);
  }

  static Verdict bad(String detail) {
    return new Verdict(false, detail);
  }
}

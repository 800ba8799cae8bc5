package dev.coffey.ctl.command;

/// A verb cannot go on for a reason of its own: its arguments make no sense, or its time is up.
final class VerbFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exit;
  private final String code;

  private VerbFailed(ExitCode exit, String code, String sentence) {
    super(sentence, null, false, false);
    this.exit = exit;
    this.code = code;
  }

  static VerbFailed usage(String sentence) {
    return new VerbFailed(ExitCode.USAGE, "usage", sentence);
  }

  static VerbFailed failed(String sentence) {
    return new VerbFailed(ExitCode.FAILED, "failed", sentence);
  }

  static VerbFailed timedOut(String sentence) {
    return new VerbFailed(ExitCode.TIMED_OUT, "deadline_exceeded", sentence);
  }

  ExitCode exit() {
    return exit;
  }

  /// The word for it in JSON.
  String code() {
    return code;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}

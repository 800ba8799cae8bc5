package dev.coffey;

/// How the daemon's process ends.
enum ExitCode {
  DONE(0),
  /// A service has failed that must not, or something of the daemon's own.
  FAILED(1),
  USAGE(2),
  /// Another daemon has what this one needs.
  REFUSED(6),
  CONFIGURATION(8);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}

package dev.coffey.ctl.command;

import dev.coffey.ctl.client.CallFailed;

/// How a command says to the shell what became of it. `wait` alone also hands on the code of a
/// service.
public enum ExitCode {
  DONE(0, "done"),
  FAILED(1, "the operation failed"),
  USAGE(2, "the command line makes no sense"),
  NOT_RUNNING(3, "not running ('status SERVICE', 'is-active')"),
  NO_SUCH_SERVICE(4, "no such service"),
  DENIED(5, "permission denied"),
  REFUSED(6, "refused in this state"),
  UNREACHABLE(7, "the daemon is not reachable"),
  INVALID_CONFIG(8, "the configuration is invalid"),
  TIMED_OUT(124, "timed out");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  public int number() {
    return number;
  }

  String meaning() {
    return meaning;
  }

  static ExitCode of(CallFailed.Kind kind) {
    return switch (kind) {
      case UNREACHABLE -> UNREACHABLE;
      case NO_SUCH -> NO_SUCH_SERVICE;
      case REFUSED -> REFUSED;
      case DENIED -> DENIED;
      case INVALID_CONFIG -> INVALID_CONFIG;
      case BAD_REQUEST -> USAGE;
      case TIMED_OUT -> TIMED_OUT;
      case UNSUPPORTED, OTHER -> FAILED;
    };
  }
}

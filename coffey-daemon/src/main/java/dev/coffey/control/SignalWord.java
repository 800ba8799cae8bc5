package dev.coffey.control;

import java.util.List;
import java.util.Locale;

/// Reads signals as callers write them: `TERM`, `SIGTERM` or `15`.
final class SignalWord {
  /// Linux' first signals, from 1 on; the same on every machine that we run on.
  private static final List<String> NAMES =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
          "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
          "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

  private SignalWord() {}

  /// The signal's name without `SIG`.
  static String of(String text) {
    String word = text.toUpperCase(Locale.ROOT);
    String name = word.startsWith("SIG") ? word.substring(3) : word;
    if (NAMES.contains(name)) {
      return name;
    }
    if (word.matches("[1-9][0-9]?") && Integer.parseInt(word) <= NAMES.size()) {
      return NAMES.get(Integer.parseInt(word) - 1);
    }
    throw Failure.badField("signal", text, "a signal's name or number, such as TERM or 15");
  }
}

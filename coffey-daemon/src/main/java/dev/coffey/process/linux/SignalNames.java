package dev.coffey.process.linux;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// The signals' names, without `SIG`, and numbers.
public final class SignalNames {
  public static final int HUP = 1;
  public static final int KILL = 9;
  public static final int TERM = 15;
  public static final int CONT = 18;
  public static final int STOP = 19;

  private static final int REAL_TIME_MIN = 34;
  private static final int REAL_TIME_MAX = 64;
  private static final List<String> NAMES =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
          "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
          "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

  private SignalNames() {}

  /// The number of a name with or without `SIG`, of `RTMIN+n`, or of a number itself.
  public static OptionalInt number(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    String name = upper.startsWith("SIG") ? upper.substring(3) : upper;
    int index = NAMES.indexOf(name);
    if (index >= 0) {
      return OptionalInt.of(index + 1);
    }
    if (name.equals("RTMIN") || name.startsWith("RTMIN+")) {
      return ranged(name.equals("RTMIN") ? "0" : name.substring(6), REAL_TIME_MIN);
    }
    if (name.equals("RTMAX")) {
      return OptionalInt.of(REAL_TIME_MAX);
    }
    return ranged(name, 0);
  }

  /// The name of a number.
  public static String name(int signal) {
    if (signal >= 1 && signal <= NAMES.size()) {
      return NAMES.get(signal - 1);
    }
    return signal >= REAL_TIME_MIN ? "RTMIN+" + (signal - REAL_TIME_MIN) : "" + signal;
  }

  private static OptionalInt ranged(String digits, int base) {
    if (!digits.matches("[0-9]{1,2}")) {
      return OptionalInt.empty();
    }
    int number = base + Integer.parseInt(digits);
    return number >= 1 && number <= REAL_TIME_MAX ? OptionalInt.of(number) : OptionalInt.empty();
  }
}

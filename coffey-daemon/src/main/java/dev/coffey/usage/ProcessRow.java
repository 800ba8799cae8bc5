package dev.coffey.usage;

import java.util.Optional;

/// One process as its `stat` line shows it.
///
/// @param cpuTicks its own and that of children it has waited for
/// @param startTicks since boot
record ProcessRow(
    int pid, int parent, int session, long cpuTicks, int threads, long startTicks, long pages) {
  private static final int PARENT = 1;
  private static final int SESSION = 3;
  private static final int FIRST_CPU = 11;
  private static final int LAST_CPU = 14;
  private static final int THREADS = 17;
  private static final int START = 19;
  private static final int PAGES = 21;

  /// The command stands in brackets and may itself hold brackets and blanks.
  static Optional<ProcessRow> parse(String stat) {
    int open = stat.indexOf('(');
    int close = stat.lastIndexOf(')');
    if (open < 2 || close < open || stat.length() < close + 3) {
      return Optional.empty();
    }
    String[] rest = stat.substring(close + 2).split(" ", -1);
    if (rest.length <= PAGES) {
      return Optional.empty();
    }
    long cpu = 0;
    for (int field = FIRST_CPU; field <= LAST_CPU; field++) {
      cpu += Long.parseLong(rest[field]);
    }
    return Optional.of(
        new ProcessRow(
            Integer.parseInt(stat.substring(0, open - 1)),
            Integer.parseInt(rest[PARENT]),
            Integer.parseInt(rest[SESSION]),
            cpu,
            Integer.parseInt(rest[THREADS]),
            Long.parseLong(rest[START]),
            Long.parseLong(rest[PAGES])));
  }
}

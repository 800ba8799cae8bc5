package dev.coffey.logs.segments;

/// What the daemon itself writes between the lines of a service.
public final class Markers {
  private Markers() {}

  /// Appends a marker to a block.
  public static void append(Block block, long micros, String text) {
    LineFormat.marker(block, new Stamp(), micros, text);
  }

  /// A run begins.
  public static String started(long run, long pid) {
    return "started run=" + run + " pid=" + pid;
  }

  /// A run has ended, and all that it wrote stands before.
  public static String ended(long run, String status) {
    return "ended run=" + run + " " + status;
  }

  /// Something is missing.
  ///
  /// @param run the current run after it
  static String gap(long lines, long bytes, long run, String cause) {
    return "gap lines=" + lines + " bytes=" + bytes + " run=" + run + " " + cause;
  }

  /// The header of a segment.
  static String segment(long seq, long run) {
    return "segment seq=" + seq + " run=" + run;
  }
}

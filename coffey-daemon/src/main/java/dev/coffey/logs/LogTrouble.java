package dev.coffey.logs;

import dev.coffey.spec.ServiceName;

/// How a log fares that does not fare well.
///
/// @param cause why the disk refuses; empty when it does not any more
/// @param waitingBytes what is held in memory until it takes them
/// @param droppedLines what was given up since this daemon began
public record LogTrouble(
    ServiceName service, String cause, long waitingBytes, long droppedLines, long droppedBytes) {
  boolean isNone() {
    return cause.isEmpty() && droppedLines == 0;
  }

  /// For people.
  String sentence() {
    String lost =
        "%d lines (%d bytes) of its output are lost".formatted(droppedLines, droppedBytes);
    if (cause.isEmpty()) {
      return lost + "; its log says where";
    }
    return "its log cannot be written: %s; %s"
        .formatted(cause, droppedLines > 0 ? lost : "%d bytes wait".formatted(waitingBytes));
  }
}

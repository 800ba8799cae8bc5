package dev.coffey.control;

import dev.coffey.logs.segments.LogRecord;
import dev.coffey.v1.TailLogsResponse;
import java.util.Map;

/// Lines that go out together: enough to be cheap, few enough to be quick.
final class LogBatch {
  static final int LINES_MAX = 256;
  static final int TEXT_BYTES_MAX = 64 << 10;

  private final TailLogsResponse.Builder message = TailLogsResponse.newBuilder();
  private int textBytes;

  void add(LogRecord entry) {
    message.addLines(LogMessages.message(entry));
    if (entry instanceof LogRecord.Line line) {
      textBytes += line.text().length;
    }
  }

  boolean full() {
    return message.getLinesCount() >= LINES_MAX || textBytes >= TEXT_BYTES_MAX;
  }

  boolean isEmpty() {
    return message.getLinesCount() == 0;
  }

  /// The last of history, for a reader that follows.
  TailLogsResponse message(Map<String, Long> ends) {
    return message.setCaughtUp(true).putAllEnds(ends).build();
  }

  TailLogsResponse message(boolean caughtUp) {
    return message.setCaughtUp(caughtUp).build();
  }
}

package dev.coffey.control;

import dev.coffey.logs.segments.LogCursor;
import dev.coffey.logs.segments.LogRecord;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// One service's log as it is read: a cursor and what it gave last.
final class LogFeed implements AutoCloseable {
  private final LogCursor cursor;
  private final Deque<LogRecord> ready = new ArrayDeque<>();

  LogFeed(LogCursor cursor) {
    this.cursor = cursor;
  }

  /// The next entry, left where it is; `null` when there is none now.
  @Nullable LogRecord peek() throws IOException, InterruptedException {
    while (ready.isEmpty() && !cursor.isOver() && !cursor.isWaiting()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("the reader has gone");
      }
      ready.addAll(cursor.next());
    }
    return ready.peek();
  }

  LogRecord take() {
    return ready.remove();
  }

  @Override
  public void close() {
    cursor.close();
  }
}

package dev.coffey.control;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Where a stream's messages come from. Asked by one thread at a time, and never before the reader
/// has room; it may block.
interface Source<T> extends AutoCloseable {
  /// The next message, or that there is none now, or that the one after this is the end.
  Next<T> next() throws IOException, InterruptedException;

  /// Lets go of what it holds.
  @Override
  void close();

  /// What a source has to give.
  ///
  /// @param message `null` for none
  /// @param last whether the stream ends here
  record Next<T>(@Nullable T message, boolean last) {
    static <T> Next<T> of(T message) {
      return new Next<>(message, false);
    }

    static <T> Next<T> last(T message) {
      return new Next<>(message, true);
    }

    static <T> Next<T> nothing() {
      return new Next<>(null, false);
    }

    static <T> Next<T> end() {
      return new Next<>(null, true);
    }
  }
}

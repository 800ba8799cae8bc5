package dev.coffey.logs;

import dev.coffey.logs.segments.LogStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/// What one service writes from now on, as it comes and not cut into lines, for one reader. A
/// reader that is too slow loses the oldest.
public final class Tap implements AutoCloseable {
  private static final int BYTES_MAX = 1 << 20;

  private final Runnable wake;
  private final Consumer<Tap> leaving;
  private final Deque<Piece> pieces = new ArrayDeque<>();
  private int waitingBytes;

  Tap(Runnable wake, Consumer<Tap> leaving) {
    this.wake = wake;
    this.leaving = leaving;
  }

  /// What came in one go.
  public static final class Piece {
    private final LogStream stream;
    private final byte[] bytes;

    private Piece(LogStream stream, byte[] bytes) {
      this.stream = stream;
      this.bytes = bytes;
    }

    public LogStream stream() {
      return stream;
    }

    /// Not to be changed.
    public byte[] bytes() {
      return bytes;
    }
  }

  /// On the pump's thread: must not wait.
  void give(LogStream stream, byte[] from, int count) {
    synchronized (pieces) {
      pieces.add(new Piece(stream, Arrays.copyOf(from, count)));
      waitingBytes += count;
      while (waitingBytes > BYTES_MAX) {
        waitingBytes -= pieces.remove().bytes().length;
      }
    }
    wake.run();
  }

  /// The oldest that was not taken yet; empty when there is none now.
  public Optional<Piece> take() {
    synchronized (pieces) {
      Piece piece = pieces.poll();
      if (piece != null) {
        waitingBytes -= piece.bytes().length;
      }
      return Optional.ofNullable(piece);
    }
  }

  @Override
  public void close() {
    leaving.accept(this);
  }
}

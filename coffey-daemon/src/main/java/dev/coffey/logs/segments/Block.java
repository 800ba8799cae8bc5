package dev.coffey.logs.segments;

import java.util.Arrays;

/// Whole lines in the file's format, on their way to the disk.
public final class Block {
  /// A block that has grown beyond this is not kept for the next round.
  private static final int KEPT_BYTES_MAX = 256 << 10;

  private static final int FIRST_BYTES = 4 << 10;

  byte[] bytes = new byte[FIRST_BYTES];
  int length;
  int lines;
  boolean hasMarkers;
  long microsMin = Long.MAX_VALUE;
  long microsMax = Long.MIN_VALUE;

  /// Whether nothing is in it.
  public boolean isEmpty() {
    return length == 0;
  }

  /// Makes it empty, and small again when it had to grow much.
  public void clear() {
    if (bytes.length > KEPT_BYTES_MAX) {
      bytes = new byte[FIRST_BYTES];
    }
    length = 0;
    lines = 0;
    hasMarkers = false;
    microsMin = Long.MAX_VALUE;
    microsMax = Long.MIN_VALUE;
  }

  /// Makes room for that many bytes more.
  void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
  }

  void append(byte[] from, int start, int count) {
    ensure(count);
    System.arraycopy(from, start, bytes, length, count);
    length += count;
  }

  /// Notes the time of lines that were added.
  void at(long micros) {
    microsMin = Math.min(microsMin, micros);
    microsMax = Math.max(microsMax, micros);
  }
}

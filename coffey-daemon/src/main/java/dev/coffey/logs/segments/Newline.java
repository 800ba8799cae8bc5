package dev.coffey.logs.segments;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Finds line ends, eight bytes at a time.
final class Newline {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long NEWLINES = 0x0A0A0A0A0A0A0A0AL;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private Newline() {}

  /// Where the first line end in `[from, to)` stands, or -1.
  static int find(byte[] in, int from, int to) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long word = (long) LONGS.get(in, at) ^ NEWLINES;
      long hits = (word - ONES) & ~word & HIGHS;
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    for (; at < to; at++) {
      if (in[at] == '\n') {
        return at;
      }
    }
    return -1;
  }

  /// Where the last line end in `[from, to)` stands, or -1.
  static int findLast(byte[] in, int from, int to) {
    for (int at = to - 1; at >= from; at--) {
      if (in[at] == '\n') {
        return at;
      }
    }
    return -1;
  }

  /// How many line ends stand in `[from, to)`.
  static int count(byte[] in, int from, int to) {
    int lines = 0;
    for (int at = find(in, from, to); at >= 0; at = find(in, at + 1, to)) {
      lines++;
    }
    return lines;
  }
}

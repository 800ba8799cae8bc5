package dev.coffey.logs.segments;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Which parts of a segment hold which numbers, times and runs: one row for each stretch of about
/// [#STRETCH_BYTES], so that a reader finds its place in gigabytes by looking at kilobytes.
final class LogIndex {
  static final int STRETCH_BYTES = 64 << 10;
  static final byte[] MAGIC = "COFIDX1\n".getBytes(StandardCharsets.US_ASCII);
  static final int ROW_BYTES = 6 * Long.BYTES;

  private static final int FIRST_ROWS = 8;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Row[] rows = new Row[FIRST_ROWS];
  private int size;

  /// One stretch of whole lines.
  ///
  /// @param run the current run before its first line
  record Row(long offset, long length, long seq, long run, long microsMin, long microsMax) {
    long end() {
      return offset + length;
    }
  }

  void add(Row row) {
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, size * 2);
    }
    rows[size++] = row;
  }

  int size() {
    return size;
  }

  Row row(int i) {
    return rows[i];
  }

  /// Takes the last row away; null when there is none.
  @Nullable Row removeLast() {
    return size == 0 ? null : rows[--size];
  }

  /// Where the last stretch ends; 0 when there is none.
  long end() {
    return size == 0 ? 0 : rows[size - 1].end();
  }

  LogIndex copy() {
    LogIndex copy = new LogIndex();
    copy.rows = Arrays.copyOf(rows, rows.length);
    copy.size = size;
    return copy;
  }

  static byte[] bytes(Row row) {
    byte[] bytes = new byte[ROW_BYTES];
    put(bytes, 0, row.offset());
    put(bytes, 1, row.length());
    put(bytes, 2, row.seq());
    put(bytes, 3, row.run());
    put(bytes, 4, row.microsMin());
    put(bytes, 5, row.microsMax());
    return bytes;
  }

  private static void put(byte[] row, int column, long value) {
    LONGS.set(row, column * Long.BYTES, value);
  }

  /// What the file beside a segment says, as far as it can be believed: rows that join on and lie
  /// within the segment.
  ///
  /// @param base the number of the segment's first entry
  static LogIndex parse(byte[] file, long base, long segmentLength) {
    LogIndex index = new LogIndex();
    if (file.length < MAGIC.length || !Arrays.equals(MAGIC, Arrays.copyOf(file, MAGIC.length))) {
      return index;
    }
    ByteBuffer in = ByteBuffer.wrap(file, MAGIC.length, file.length - MAGIC.length);
    while (in.remaining() >= ROW_BYTES) {
      Row row =
          new Row(
              in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
      long seqMin = index.size == 0 ? base : index.row(index.size - 1).seq() + 1;
      boolean joins =
          row.offset() == index.end()
              && row.length() > 0
              && row.end() <= segmentLength
              && (index.size == 0 ? row.seq() == seqMin : row.seq() >= seqMin);
      if (!joins) {
        break;
      }
      index.add(row);
    }
    return index;
  }
}

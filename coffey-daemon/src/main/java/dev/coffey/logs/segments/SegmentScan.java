package dev.coffey.logs.segments;

import java.io.IOException;
import java.util.Arrays;

/// Goes through the whole lines of a segment in stretches, for an index that is missing or ends
/// early.
final class SegmentScan {
  private static final int LINE_BYTES_MAX = 4 << 20;

  private final Disk.Source in;
  private final long fileLength;
  private byte[] buffer = new byte[2 * LogIndex.STRETCH_BYTES];

  SegmentScan(Disk.Source in, long fileLength) {
    this.in = in;
    this.fileLength = fileLength;
  }

  /// What was found between an index's end and the end of the file.
  ///
  /// @param end where the last whole line ends
  /// @param endSeq the number after that of the last entry
  record Scanned(long end, long endSeq, long run, long microsMin, long microsMax) {}

  /// Adds rows to the index for all whole lines after `from`.
  Scanned scan(LogIndex index, Scanned from) throws IOException {
    Scanned at = from;
    while (true) {
      int length = stretch(at.end());
      if (length == 0) {
        return at;
      }
      Scanned next = over(at, length);
      index.add(
          new LogIndex.Row(
              at.end(), length, at.endSeq(), at.run(), next.microsMin(), next.microsMax()));
      at = next;
    }
  }

  /// Reads from a place up to the last line end in reach; how many bytes.
  private int stretch(long at) throws IOException {
    while (true) {
      int wanted = (int) Math.min(buffer.length, fileLength - at);
      int length = wanted <= 0 ? 0 : in.read(buffer, 0, wanted, at);
      int last = Newline.findLast(buffer, 0, length);
      if (last >= 0) {
        return last + 1;
      }
      if (length < buffer.length) {
        return 0;
      }
      if (buffer.length >= LINE_BYTES_MAX) {
        // Nothing of ours is that long: step over it rather than read it whole.
        return length;
      }
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
  }

  private Scanned over(Scanned at, int length) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    int lines = 0;
    int line = 0;
    for (int end = Newline.find(buffer, 0, length);
        end >= 0;
        end = Newline.find(buffer, line, length)) {
      if (LineParser.isHead(buffer, line, end)) {
        long micros = Stamp.parse(buffer, line);
        if (micros != Long.MIN_VALUE) {
          min = Math.min(min, micros);
          max = Math.max(max, micros);
        }
      }
      lines++;
      line = end + 1;
    }
    long run = RunWatch.after(buffer, 0, length, at.run());
    return new Scanned(at.end() + length, at.endSeq() + lines, run, min, max);
  }
}

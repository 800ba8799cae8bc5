package dev.coffey.logs.segments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What the first line of a segment says.
///
/// @param seq its own number
/// @param run the current run before it
record SegmentHeader(long seq, long run) {
  private static final int BYTES_MAX = 256;
  private static final String TAG = "F:coffey ";

  /// Reads it; null where none of ours stands.
  static @Nullable SegmentHeader read(Disk disk, Path path) throws IOException {
    byte[] head = new byte[BYTES_MAX];
    int length;
    try (Disk.Source in = disk.open(path)) {
      length = in.read(head, 0, head.length, 0);
    } catch (NoSuchFileException _) {
      return null;
    }
    int end = Newline.find(head, 0, length);
    if (end < 0 || !LineParser.isHead(head, 0, end)) {
      return null;
    }
    String line = new String(head, 0, end, StandardCharsets.UTF_8);
    int words = line.indexOf(TAG + "segment ");
    if (words < 0) {
      return null;
    }
    MarkerText text = new MarkerText(line.substring(words + TAG.length()));
    long seq = text.number("seq");
    return seq < 1 ? null : new SegmentHeader(seq, text.number("run"));
  }
}

package dev.coffey.logs.segments;

import java.nio.charset.StandardCharsets;

/// How an entry looks in the file: the Kubernetes CRI line, `TIME STREAM TAG TEXT`.
///
/// ```
/// 2026-11-21T07:40:57.123456Z stdout F listening on 8080
/// 2026-11-21T07:40:57.123456Z stdout P the first part of a long line
/// 2026-11-21T07:40:58.000001Z stderr F:run=6 a late line of a run before the current one
/// 2026-11-21T07:40:58.000001Z stderr F:coffey started run=7 pid=4711
/// ```
///
/// The part after the colon is what CRI leaves for such notes: readers of that format skip it.
final class LineFormat {
  /// From the start of the line to its tag.
  static final int TAG_AT = Stamp.LENGTH + 1 + 6 + 1;

  /// The shortest head: up to and with the blank after a one-letter tag.
  static final int HEAD_LENGTH = TAG_AT + 2;

  /// The longest head that is ever written.
  static final int HEAD_LENGTH_MAX = HEAD_LENGTH + 5 + 19;

  static final byte FULL = 'F';
  static final byte PARTIAL = 'P';
  static final byte[] MARKER_TAG = ":coffey".getBytes(StandardCharsets.US_ASCII);
  static final byte[] RUN_TAG = ":run=".getBytes(StandardCharsets.US_ASCII);

  private LineFormat() {}

  /// The head of a whole line; the byte at [#TAG_AT] makes it a partial one.
  ///
  /// @param lateRun a run that is not the log's current one, or 0
  static byte[] head(LogStream stream, long lateRun) {
    String tag = lateRun == 0 ? "F" : "F:run=" + lateRun;
    byte[] head =
        (" ".repeat(Stamp.LENGTH) + " " + stream.word() + " " + tag + " ")
            .getBytes(StandardCharsets.US_ASCII);
    return head;
  }

  /// Appends a marker to a block.
  static void marker(Block block, Stamp stamp, long micros, String text) {
    byte[] tail = (" stderr F:coffey " + oneLine(text) + "\n").getBytes(StandardCharsets.UTF_8);
    block.ensure(Stamp.LENGTH + tail.length);
    stamp.set(micros);
    stamp.copyTo(block.bytes, block.length);
    block.length += Stamp.LENGTH;
    block.append(tail, 0, tail.length);
    block.lines++;
    block.at(micros);
    block.hasMarkers = true;
  }

  private static String oneLine(String text) {
    return text.replace('\n', ' ').replace('\r', ' ');
  }
}

package dev.coffey.logs.segments;

import dev.coffey.spec.ServiceName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads back what [LineFormat] wrote, line after line, and keeps count of number and run.
final class LineParser {
  private final ServiceName service;
  private final LogFilter filter;
  private long seq;
  private long run;
  private long micros;

  /// @param seq the number of the line that comes next
  /// @param run the current run before it
  LineParser(ServiceName service, LogFilter filter, long seq, long run) {
    this.service = service;
    this.filter = filter;
    this.seq = seq;
    this.run = run;
  }

  long seq() {
    return seq;
  }

  long run() {
    return run;
  }

  /// The time of the line that was parsed last.
  long micros() {
    return micros;
  }

  /// The entry in `[from, to)`, its line end excluded; nothing where the filter does not want it.
  @Nullable LogRecord parse(byte[] in, int from, int to) {
    long number = seq++;
    long time = isHead(in, from, to) ? Stamp.parse(in, from) : Long.MIN_VALUE;
    if (time == Long.MIN_VALUE) {
      return damaged(number, in, from, to);
    }
    micros = time;
    int tag = from + LineFormat.TAG_AT;
    if (in[tag + 1] == ' ') {
      return line(number, run, in, from, tag + 2, to);
    }
    int blank = blank(in, tag, to);
    if (starts(in, tag + 1, blank, LineFormat.MARKER_TAG)) {
      return marker(number, new String(in, blank + 1, to - blank - 1, StandardCharsets.UTF_8));
    }
    long lateRun = starts(in, tag + 1, blank, LineFormat.RUN_TAG) ? lateRun(in, tag, blank) : run;
    return line(number, lateRun, in, from, blank + 1, to);
  }

  private @Nullable LogRecord line(long number, long ofRun, byte[] in, int from, int text, int to) {
    // "stdout" and "stderr" differ first in their fourth letter.
    LogStream stream = in[from + Stamp.LENGTH + 4] == 'o' ? LogStream.STDOUT : LogStream.STDERR;
    if (!filter.wants(stream, micros, ofRun) || !filter.finds(in, text, to)) {
      return null;
    }
    boolean partial = in[from + LineFormat.TAG_AT] == LineFormat.PARTIAL;
    LogRecord.Place place = new LogRecord.Place(number, micros, ofRun);
    return new LogRecord.Line(service, place, stream, partial, Arrays.copyOfRange(in, text, to));
  }

  /// A line that is none of ours is shown as it stands rather than hidden.
  private @Nullable LogRecord damaged(long number, byte[] in, int from, int to) {
    if (!filter.wants(LogStream.STDERR, micros, run) || !filter.finds(in, from, to)) {
      return null;
    }
    LogRecord.Place place = new LogRecord.Place(number, micros, run);
    byte[] text = Arrays.copyOfRange(in, from, to);
    return new LogRecord.Line(service, place, LogStream.STDERR, false, text);
  }

  private @Nullable LogRecord marker(long number, String text) {
    MarkerText words = new MarkerText(text);
    LogRecord marker =
        switch (words.kind()) {
          case "started" -> {
            run = words.number("run");
            yield new LogRecord.Started(service, number, micros, run, words.number("pid"));
          }
          case "ended" ->
              new LogRecord.Ended(service, number, micros, words.number("run"), words.rest());
          case "gap" -> {
            run = words.number("run");
            LogRecord.Place place = new LogRecord.Place(number, micros, run);
            yield new LogRecord.Gap(
                service, place, words.number("lines"), words.number("bytes"), words.rest());
          }
          case "segment" -> {
            run = words.number("run");
            yield new LogRecord.Rotated(service, number, micros, run);
          }
          default -> null;
        };
    return marker == null || !filter.wantsMarker(micros, marker.run()) ? null : marker;
  }

  /// Whether a line begins as every line of ours does.
  static boolean isHead(byte[] in, int from, int to) {
    if (to - from < LineFormat.HEAD_LENGTH) {
      return false;
    }
    byte tag = in[from + LineFormat.TAG_AT];
    byte after = in[from + LineFormat.TAG_AT + 1];
    return in[from + Stamp.LENGTH] == ' '
        && in[from + LineFormat.TAG_AT - 1] == ' '
        && (tag == LineFormat.FULL || tag == LineFormat.PARTIAL)
        && (after == ' ' || (after == ':' && blank(in, from + LineFormat.TAG_AT, to) < to));
  }

  /// Whether a line, known to be one of ours, is a marker.
  static boolean isMarker(byte[] in, int from, int to) {
    return starts(in, from + LineFormat.TAG_AT + 1, to, LineFormat.MARKER_TAG);
  }

  private static int blank(byte[] in, int from, int to) {
    int at = from;
    while (at < to && in[at] != ' ') {
      at++;
    }
    return at;
  }

  private static boolean starts(byte[] in, int from, int to, byte[] with) {
    return to - from >= with.length
        && Arrays.equals(in, from, from + with.length, with, 0, with.length);
  }

  private long lateRun(byte[] in, int tag, int blank) {
    int from = tag + 1 + LineFormat.RUN_TAG.length;
    return MarkerText.digits(new String(in, from, blank - from, StandardCharsets.US_ASCII), run);
  }
}

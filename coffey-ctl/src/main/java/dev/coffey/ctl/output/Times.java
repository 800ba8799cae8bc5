package dev.coffey.ctl.output;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Instants and durations as text, exact for programs and short for people.
public final class Times {
  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  private Times() {}

  static String exact(Timestamp time) {
    return EXACT.format(instant(time));
  }

  public static String local(Timestamp time) {
    return LOCAL.format(instant(time).atZone(ZoneId.systemDefault()));
  }

  static String clock(Timestamp time) {
    return CLOCK.format(instant(time).atZone(ZoneId.systemDefault()));
  }

  static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  /// The two largest units: `340 ms`, `12 s`, `3 m 5 s`, `2 h 4 m`, `9 d 1 h`.
  public static String brief(Duration duration) {
    long ms = Math.max(0, duration.toMillis());
    long seconds = ms / 1000;
    if (ms < 1000) {
      return ms + " ms";
    } else if (seconds < 60) {
      return seconds + " s";
    } else if (seconds < 3600) {
      return two(seconds / 60, "m", seconds % 60, "s");
    } else if (seconds < 86_400) {
      return two(seconds / 3600, "h", seconds % 3600 / 60, "m");
    }
    return two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
  }

  private static String two(long many, String unit, long few, String smaller) {
    return few == 0 ? many + " " + unit : "%d %s %d %s".formatted(many, unit, few, smaller);
  }
}

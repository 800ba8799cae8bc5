package dev.coffey.logs.segments;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// The time at the head of a line: `2026-11-21T07:40:57.123456Z`, always of the same length, so
/// that everything behind it has its fixed place.
final class Stamp {
  static final int LENGTH = 27;
  static final long MICROS_PER_SECOND = 1_000_000;

  private static final int FRACTION_AT = 20;
  private static final int FRACTION_DIGITS = 6;

  private final byte[] bytes = "1970-01-01T00:00:00.000000Z".getBytes(StandardCharsets.US_ASCII);
  private long second;

  /// Sets the time; cheap while the second stays the same.
  void set(long micros) {
    long now = Math.floorDiv(micros, MICROS_PER_SECOND);
    if (now != second) {
      second = now;
      writeSecond(LocalDateTime.ofEpochSecond(now, 0, ZoneOffset.UTC));
    }
    digits((int) Math.floorMod(micros, MICROS_PER_SECOND), FRACTION_AT, FRACTION_DIGITS);
  }

  void copyTo(byte[] target, int at) {
    System.arraycopy(bytes, 0, target, at, LENGTH);
  }

  /// The time in microseconds since 1970, or `Long.MIN_VALUE` where no stamp stands.
  static long parse(byte[] from, int at) {
    boolean shaped =
        from[at + 4] == '-'
            && from[at + 7] == '-'
            && from[at + 10] == 'T'
            && from[at + 13] == ':'
            && from[at + 16] == ':'
            && from[at + 19] == '.'
            && from[at + 26] == 'Z';
    if (!shaped) {
      return Long.MIN_VALUE;
    }
    int year = number(from, at, 4);
    int month = number(from, at + 5, 2);
    int day = number(from, at + 8, 2);
    int hour = number(from, at + 11, 2);
    int minute = number(from, at + 14, 2);
    int seconds = number(from, at + 17, 2);
    int fraction = number(from, at + FRACTION_AT, FRACTION_DIGITS);
    boolean digits = (year | month | day | hour | minute | seconds | fraction) >= 0;
    if (!digits || month < 1 || month > 12 || day < 1 || day > 31) {
      return Long.MIN_VALUE;
    }
    long days = epochDay(year, month, day);
    return (((days * 24 + hour) * 60 + minute) * 60 + seconds) * MICROS_PER_SECOND + fraction;
  }

  /// As `LocalDate.toEpochDay`, without the object and forgiving a thirty-first of June.
  private static long epochDay(int year, int month, int day) {
    long y = month <= 2 ? year - 1L : year;
    long era = Math.floorDiv(y, 400L);
    long ofEra = y - era * 400;
    long ofYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468;
  }

  private static int number(byte[] from, int at, int length) {
    int value = 0;
    for (int i = at; i < at + length; i++) {
      int digit = from[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private void writeSecond(LocalDateTime time) {
    digits(time.getYear(), 0, 4);
    digits(time.getMonthValue(), 5, 2);
    digits(time.getDayOfMonth(), 8, 2);
    digits(time.getHour(), 11, 2);
    digits(time.getMinute(), 14, 2);
    digits(time.getSecond(), 17, 2);
  }

  private void digits(int value, int at, int length) {
    int rest = value;
    for (int i = at + length - 1; i >= at; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}

package dev.coffey.config.keys;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Durations and sizes as people write them.
public final class Units {
  static final String DURATION = "([0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h|d|w))+";
  static final String SIZE = "[0-9]+(\\.[0-9]+)?(B|[KMGTkmgt](i?[Bb])?)?";

  private static final int TEXT_CHARS_MAX = 60;

  /// A number that is no longer needs no care: whatever the unit, it is within bounds.
  private static final int SIMPLE_DIGITS_MAX = 5;

  private static final Pattern SIZE_PATTERN =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(?:B|([KMGTkmgt])(?:i?[Bb])?)?");
  private static final BigDecimal LONGEST = new BigDecimal(Duration.ofDays(36_500).toNanos());
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L,
          "d", 86_400_000_000_000L,
          "w", 604_800_000_000_000L);

  private Units() {}

  /// Whether a text is a number without a unit.
  static boolean bare(String text) {
    int whole = end(text, 0, c -> c != '.' && isNumber(c));
    boolean fraction = whole < text.length() && text.charAt(whole) == '.';
    int all = fraction ? end(text, whole + 1, c -> c != '.' && isNumber(c)) : whole;
    return whole > 0 && all == text.length() && (!fraction || all > whole + 1);
  }

  /// `1m30s`; a bare number is read as seconds.
  public static Optional<Duration> duration(String text) {
    if (text.isEmpty() || text.length() > TEXT_CHARS_MAX) {
      return Optional.empty();
    }
    Duration simple = simple(text);
    return simple == null ? exact(text) : Optional.of(simple);
  }

  /// One whole number and one unit, as nearly all durations are.
  private static @Nullable Duration simple(String text) {
    int digits = 0;
    long number = 0;
    while (digits < text.length() && digits < SIMPLE_DIGITS_MAX && isDigit(text.charAt(digits))) {
      number = number * 10 + text.charAt(digits++) - '0';
    }
    if (digits == 0) {
      return null;
    }
    return switch (text.substring(digits)) {
      case "ms" -> Duration.ofMillis(number);
      case "s", "" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> null;
    };
  }

  private static Optional<Duration> exact(String text) {
    String full = bare(text) ? text + "s" : text;
    BigDecimal nanos = BigDecimal.ZERO;
    int at = 0;
    while (at < full.length()) {
      int number = end(full, at, Units::isNumber);
      int unit = end(full, number, Character::isLetter);
      Long size = NANOS.get(full.substring(number, unit));
      if (size == null || !bare(full.substring(at, number))) {
        return Optional.empty();
      }
      nanos = nanos.add(new BigDecimal(full.substring(at, number)).multiply(new BigDecimal(size)));
      at = unit;
    }
    return nanos.compareTo(LONGEST) > 0
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(nanos.setScale(0, RoundingMode.HALF_UP).longValueExact()));
  }

  private static int end(String text, int from, IntPredicate belongs) {
    int end = from;
    while (end < text.length() && belongs.test(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isNumber(int c) {
    return isDigit(c) || c == '.';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /// `10MiB`; all units are binary, and a bare number counts bytes.
  public static Optional<Long> size(String text) {
    Matcher matcher = SIZE_PATTERN.matcher(text);
    if (text.length() > 30 || !matcher.matches()) {
      return Optional.empty();
    }
    String unit = matcher.group(2) == null ? "" : matcher.group(2).toLowerCase(Locale.ROOT);
    int shift = 10 * "_kmgt".indexOf(unit.isEmpty() ? "_" : unit);
    if (matcher.end(1) <= SIMPLE_DIGITS_MAX && matcher.group(1).indexOf('.') < 0) {
      return Optional.of(Long.parseLong(matcher.group(1)) << shift);
    }
    BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(1L << shift));
    return bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
        ? Optional.empty()
        : Optional.of(bytes.setScale(0, RoundingMode.HALF_UP).longValueExact());
  }

  /// A duration in the form in which it may be written: `1m30s`.
  public static String shown(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    StringBuilder shown = new StringBuilder();
    append(shown, duration.toDays(), "d");
    append(shown, duration.toHoursPart(), "h");
    append(shown, duration.toMinutesPart(), "m");
    append(shown, duration.toSecondsPart(), "s");
    int nanos = duration.toNanosPart();
    boolean millis = nanos % 1_000_000 == 0;
    append(shown, millis ? nanos / 1_000_000 : nanos, millis ? "ms" : "ns");
    return shown.toString();
  }

  private static void append(StringBuilder shown, long amount, String unit) {
    if (amount != 0) {
      shown.append(amount).append(unit);
    }
  }
}

package dev.coffey.ctl.command;

import com.google.protobuf.Timestamp;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations and points in time as people type them, in the same words as the configuration.
final class TimeArguments {
  private static final Pattern PARTS = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern WHOLE = Pattern.compile("(\\d{1,9}(ms|s|m|h|d))+");

  private TimeArguments() {}

  /// `500ms`, `30s`, `1m30s`, `2h`, `1d`; a bare number is seconds.
  static Duration duration(String option, String text) {
    return parsed(text)
        .orElseThrow(() ->
            VerbFailed.usage(
                "%s takes a duration like 500ms, 30s, 1m30s or 2h, not '%s'"
                    .formatted(option, text)));
  }

  /// A duration means so long ago; else a time of today, a date, or a time with its date and maybe
  /// its zone.
  static Timestamp moment(String option, String text, Instant now) {
    ZoneId zone = ZoneId.systemDefault();
    String iso = text.replace(' ', 'T');
    List<Function<String, Instant>> forms =
        List.of(
            given -> now.minus(parsed(given).orElseThrow(() -> new DateTimeException(given))),
            given -> OffsetDateTime.parse(given).toInstant(),
            given -> LocalDateTime.parse(given).atZone(zone).toInstant(),
            given -> LocalDate.parse(given).atStartOfDay(zone).toInstant(),
            given ->
                LocalTime.parse(given)
                    .atDate(LocalDate.ofInstant(now, zone))
                    .atZone(zone)
                    .toInstant());
    for (Function<String, Instant> form : forms) {
      Optional<Instant> instant = tried(form, iso);
      if (instant.isPresent()) {
        return stamp(instant.get());
      }
    }
    throw VerbFailed.usage(
        "%s takes a time like 10m (ago), 14:30, 2026-11-21, '2026-11-21 14:30' or 2026-11-21T14:30:00Z, not '%s'"
            .formatted(option, text));
  }

  static Timestamp stamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  private static Optional<Instant> tried(Function<String, Instant> form, String text) {
    try {
      return Optional.of(form.apply(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> parsed(String text) {
    if (text.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    if (!WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    Duration sum = Duration.ZERO;
    Matcher part = PARTS.matcher(text);
    while (part.find()) {
      long amount = Long.parseLong(part.group(1));
      sum =
          sum.plus(
              switch (part.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
              });
    }
    return Optional.of(sum);
  }
}

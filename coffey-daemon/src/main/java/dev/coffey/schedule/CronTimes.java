package dev.coffey.schedule;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/// The times that fit a cron expression: five fields, or a word such as `@daily`.
///
/// A time that a day skips because the clocks are put forward comes at the moment they are; one
/// that a day has twice because they are put back comes once, unless the expression has it come
/// every hour.
public final class CronTimes {
  private static final CronDefinition FIELDS =
      CronDefinitionBuilder.defineCron()
          .withMinutes()
          .withStrictRange()
          .and()
          .withHours()
          .withStrictRange()
          .and()
          .withDayOfMonth()
          .withStrictRange()
          .and()
          .withMonth()
          .withStrictRange()
          .and()
          .withDayOfWeek()
          .withValidRange(0, 7)
          .withMondayDoWValue(1)
          .withIntMapping(7, 0)
          .withStrictRange()
          .and()
          .withSupportedNicknameYearly()
          .withSupportedNicknameAnnually()
          .withSupportedNicknameMonthly()
          .withSupportedNicknameWeekly()
          .withSupportedNicknameDaily()
          .withSupportedNicknameMidnight()
          .withSupportedNicknameHourly()
          .instance();

  private final ExecutionTime times;
  private final ZoneId zone;

  private CronTimes(ExecutionTime times, ZoneId zone) {
    this.times = times;
    this.zone = zone;
  }

  static CronTimes of(String expression, ZoneId zone) {
    return new CronTimes(ExecutionTime.forCron(parsed(expression)), zone);
  }

  /// What is wrong with an expression.
  public static Optional<String> problem(String expression) {
    try {
      boolean never =
          ExecutionTime.forCron(parsed(expression))
              .nextExecution(ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneId.of("UTC")))
              .isEmpty();
      return never ? Optional.of("no day fits it") : Optional.empty();
    } catch (IllegalArgumentException e) {
      String message = e.getMessage() == null ? "it cannot be read" : e.getMessage();
      return Optional.of(message.replace("Failed to parse cron expression. ", ""));
    }
  }

  private static Cron parsed(String expression) {
    return new CronParser(FIELDS).parse(expression).validate();
  }

  /// The first time after this one.
  Optional<Instant> after(Instant moment) {
    Optional<Instant> regular = next(moment, zone);
    ZoneOffsetTransition change = zone.getRules().nextTransition(moment);
    boolean skips =
        change != null && change.isGap() && regular.map(change.getInstant()::isBefore).orElse(true);
    if (!skips) {
      return regular;
    }
    // As if the clocks were not put forward: what falls into the gap comes at its beginning.
    Instant end = change.getInstant().plus(change.getDuration());
    Optional<Instant> inGap =
        next(moment, change.getOffsetBefore())
            .filter(time -> !time.isBefore(change.getInstant()) && time.isBefore(end));
    return inGap.isPresent() ? Optional.of(change.getInstant()) : regular;
  }

  private Optional<Instant> next(Instant moment, ZoneId where) {
    return times.nextExecution(moment.atZone(where)).map(ZonedDateTime::toInstant);
  }
}

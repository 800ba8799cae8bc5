package dev.coffey.config;

import dev.coffey.config.keys.Values;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Tree;
import dev.coffey.spec.ScheduleSpec;
import dev.coffey.spec.ScheduleSpec.Overlap;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads when a service is started by the clock.
final class ScheduleReader {
  private static final Pattern CRON =
      Pattern.compile("@(yearly|monthly|weekly|daily|hourly)|(\\S+\\s+){4}\\S+");

  private final Problems problems;

  ScheduleReader(Problems problems) {
    this.problems = problems;
  }

  @Nullable ScheduleSpec read(Values values) {
    if (values.tree("schedule") instanceof Tree.Scalar(String text, _, _)) {
      checkCron(text, values, "schedule");
      return new ScheduleSpec(text, null, "", Overlap.SKIP, false, Duration.ZERO);
    }
    Values schedule = values.fields("schedule");
    if (schedule.has("cron") == schedule.has("every")) {
      problems.error(
          "contradiction",
          values.placeOf("schedule"),
          values.path().key("schedule"),
          "'schedule' must have either 'cron' or 'every'",
          "");
      return null;
    }
    if (schedule.has("cron")) {
      checkCron(schedule.text("cron"), schedule, "cron");
    }
    checkZone(schedule);
    return new ScheduleSpec(
        schedule.text("cron"),
        schedule.duration("every").orElse(null),
        schedule.text("timezone"),
        RestartReader.word(Overlap.class, schedule.text("overlap")),
        schedule.text("catch_up").equals("one"),
        schedule.span("jitter"));
  }

  private void checkCron(String text, Values values, String key) {
    if (!CRON.matcher(text.strip()).matches()) {
      problems.error(
          "wrong-value",
          values.placeOf(key),
          values.path().key(key),
          "must be five cron fields such as '0 3 * * 1', not '%s'".formatted(text),
          "");
    }
  }

  private void checkZone(Values schedule) {
    if (!schedule.has("timezone")) {
      return;
    }
    try {
      ZoneId.of(schedule.text("timezone"));
    } catch (DateTimeException _) {
      problems.error(
          "wrong-value",
          schedule.placeOf("timezone"),
          schedule.path().key("timezone"),
          "must be a time zone such as Europe/Berlin, not '%s'"
              .formatted(schedule.text("timezone")),
          "");
    }
  }
}

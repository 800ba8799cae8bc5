package dev.coffey.config;

import dev.coffey.config.keys.Values;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Tree;
import dev.coffey.schedule.CronTimes;
import dev.coffey.spec.ScheduleSpec;
import dev.coffey.spec.ScheduleSpec.CatchUp;
import dev.coffey.spec.ScheduleSpec.Overlap;
import dev.coffey.spec.ScheduleSpec.Timing;
import dev.coffey.spec.ScheduleSpec.Timing.Cron;
import dev.coffey.spec.ScheduleSpec.Timing.Every;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads when a service is started by the clock.
final class ScheduleReader {
  private static final Duration EVERY_MIN = Duration.ofSeconds(1);

  private final Problems problems;

  ScheduleReader(Problems problems) {
    this.problems = problems;
  }

  /// A text is a cron expression, with everything else at its default.
  @Nullable ScheduleSpec read(Values values) {
    if (values.tree("schedule") instanceof Tree.Scalar(String text, _, _)) {
      return cron(text, values, "schedule")
          ? ScheduleSpec.of(new Cron(text.strip(), ZoneId.systemDefault()))
          : null;
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
    return timing(schedule)
        .map(timing ->
            new ScheduleSpec(
                timing,
                RestartReader.word(Overlap.class, schedule.text("overlap")),
                RestartReader.word(CatchUp.class, schedule.text("catch_up")),
                schedule.span("jitter")))
        .orElse(null);
  }

  private Optional<Timing> timing(Values schedule) {
    if (schedule.has("every")) {
      Optional<Duration> every = schedule.duration("every");
      if (every.isPresent() && every.get().compareTo(EVERY_MIN) < 0) {
        wrong(schedule, "every", "must be at least 1s, not '%s'".formatted(schedule.text("every")));
        return Optional.empty();
      }
      return every.map(Every::new);
    }
    @Nullable ZoneId zone = zone(schedule);
    String text = schedule.text("cron");
    return cron(text, schedule, "cron") && zone != null
        ? Optional.of(new Cron(text.strip(), zone))
        : Optional.empty();
  }

  private boolean cron(String text, Values values, String key) {
    Optional<String> problem = CronTimes.problem(text.strip());
    problem.ifPresent(what -> {
      boolean word = text.indexOf('@') < 0 && CronTimes.problem("@" + text.strip()).isEmpty();
      String message =
          "must be five cron fields such as '0 3 * * 1', or a word such as @daily, not '%s': %s"
              .formatted(text, what);
      String help = word ? "did you mean '@%s'?".formatted(text.strip()) : "";
      problems.error("wrong-value", values.placeOf(key), values.path().key(key), message, help);
    });
    return problem.isEmpty();
  }

  private @Nullable ZoneId zone(Values schedule) {
    if (!schedule.has("timezone")) {
      return ZoneId.systemDefault();
    }
    try {
      return ZoneId.of(schedule.text("timezone"));
    } catch (DateTimeException _) {
      wrong(
          schedule,
          "timezone",
          "must be a time zone such as Europe/Berlin, not '%s'"
              .formatted(schedule.text("timezone")));
      return null;
    }
  }

  private void wrong(Values values, String key, String message) {
    problems.error("wrong-value", values.placeOf(key), values.path().key(key), message, "");
  }
}

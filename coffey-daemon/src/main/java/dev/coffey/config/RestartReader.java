package dev.coffey.config;

import dev.coffey.config.keys.Values;
import dev.coffey.config.tree.Problems;
import dev.coffey.spec.Backoff;
import dev.coffey.spec.GiveUp;
import dev.coffey.spec.RestartPolicy;
import dev.coffey.spec.RestartSpec;
import dev.coffey.spec.StopSpec;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads how a service ends and whether it starts again.
final class RestartReader {
  private final Problems problems;

  RestartReader(Problems problems) {
    this.problems = problems;
  }

  RestartSpec restart(Values values) {
    return new RestartSpec(
        word(RestartPolicy.class, values.text("restart")),
        Set.copyOf(values.texts("success_codes")),
        Set.copyOf(values.texts("permanent_failure_codes")),
        backoff(values.fields("backoff")),
        giveUp(values),
        word(RestartSpec.OnFailure.class, values.text("on_failure")));
  }

  StopSpec stop(Values values) {
    Values stop = values.fields("stop");
    var command = new CommandReader(problems).of(stop, "command", false);
    return new StopSpec(stop.text("signal"), stop.span("timeout"), command.orElse(null));
  }

  /// The constant that a word of the table stands for.
  static <E extends Enum<E>> E word(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private Backoff backoff(Values values) {
    if (!values.sound("initial", "max")) {
      return Backoff.DEFAULT;
    }
    Duration initial = values.span("initial");
    Duration max = values.span("max");
    if (max.compareTo(initial) < 0) {
      String key = values.has("max") ? "max" : "initial";
      problems.error(
          "backoff-order",
          values.placeOf(key),
          values.path().key(key),
          "backoff.max (%s) must be at least backoff.initial (%s)"
              .formatted(values.text("max"), values.text("initial")),
          "");
      return Backoff.DEFAULT;
    }
    return new Backoff(
        initial,
        max,
        values.real("multiplier"),
        values.real("jitter"),
        values.span("reset_after"),
        values.count("max_attempts"));
  }

  private static @Nullable GiveUp giveUp(Values values) {
    if (!values.hasFields("give_up")) {
      return null;
    }
    Values window = values.fields("give_up");
    return window.has("restarts") && window.has("within")
        ? new GiveUp(window.count("restarts"), window.span("within"))
        : null;
  }
}

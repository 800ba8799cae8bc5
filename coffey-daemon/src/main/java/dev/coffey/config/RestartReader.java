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
  /// What is made of an end, beside whether the service starts again.
  record Ends(
      Set<String> success,
      Set<String> permanentFailure,
      @Nullable GiveUp giveUp,
      RestartSpec.OnFailure onFailure) {}

  private final Problems problems;
  private final UsualParts usual;

  RestartReader(Problems problems, UsualParts usual) {
    this.problems = problems;
    this.usual = usual;
  }

  RestartSpec restart(Values values) {
    Ends known = usual.ends.known();
    Ends ends = known == null ? usual.ends.keep(ends(usual.ends.of(values))) : known;
    return new RestartSpec(
        word(RestartPolicy.class, values.text("restart")),
        ends.success(),
        ends.permanentFailure(),
        backoff(values.fields("backoff")),
        ends.giveUp(),
        ends.onFailure());
  }

  private static Ends ends(Values values) {
    return new Ends(
        Set.copyOf(values.texts("success_codes")),
        Set.copyOf(values.texts("permanent_failure_codes")),
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

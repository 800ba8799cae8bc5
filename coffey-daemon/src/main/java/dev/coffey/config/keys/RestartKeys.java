package dev.coffey.config.keys;

import dev.coffey.config.keys.Shape.Choice;
import dev.coffey.config.keys.Shape.Fields;
import dev.coffey.config.keys.Shape.OrNone;
import dev.coffey.config.keys.Shape.Real;
import dev.coffey.config.keys.Shape.Whole;
import dev.coffey.spec.GiveUp;
import java.util.List;
import java.util.Map;

/// The keys of starting, ending and starting again.
final class RestartKeys {
  private static final KeyTable BACKOFF =
      KeyTable.of(
          "backoff",
          List.of(
              Key.of("initial", Shape.SPAN, "before the second try").or("1s").live(),
              Key.of("max", Shape.SPAN, "at the most").or("30s").live(),
              Key.of("multiplier", new Real(1, 1000), "from try to try").or("2.0").live(),
              Key.of("jitter", new Real(0, 1), "share of chance in it").or("0.1").live(),
              Key.of("reset_after", Shape.SPAN, "a stable run that forgets failures")
                  .or("10s")
                  .live(),
              Key.of("max_attempts", new Whole(0, 1_000_000), "then it has failed; 0 is endless")
                  .or("0")
                  .live()));

  private static final KeyTable GIVE_UP =
      KeyTable.of(
              "give_up",
              List.of(
                  Key.of("restarts", new Whole(1, GiveUp.RESTARTS_MAX), "unrequested ends").live(),
                  Key.of("within", Shape.SPAN_POSITIVE, "in this time").live()))
          .requiring("restarts", "within");

  private static final KeyTable STOP =
      KeyTable.of(
          "stop",
          List.of(
              Key.of("signal", ServiceKeys.signal(), "sent to the whole group").or("TERM").live(),
              Key.of("timeout", Shape.SPAN, "then KILL").or("10s").live(),
              Key.of(
                      "command",
                      new OrNone(Shape.COMMAND),
                      "run instead of the signal, which is sent when this fails")
                  .live()));

  /// The rows of the table of services.
  static final List<Key> ROWS =
      List.of(
          Key.of("restart", policy(), "which ends are followed by a start").or("on-failure").live(),
          Key.of("success_codes", ServiceKeys.codes(), "codes and signals that count as success")
              .or("[0]")
              .live(),
          Key.of("permanent_failure_codes", ServiceKeys.codes(), "after these no restart is tried")
              .or("[]")
              .live(),
          Key.of("backoff", new Fields(BACKOFF), "how long to wait before the next try").live(),
          Key.of("give_up", new OrNone(new Fields(GIVE_UP)), "when to try no more").live(),
          Key.of("on_failure", Shape.words("none", "shutdown"), "what final failure ends")
              .or("none")
              .live(),
          Key.of("start_timeout", ServiceKeys.spanOrNone(), "not ready by then is a failed start")
              .orAs("30s with readiness, else none")
              .live(),
          Key.of("stop", new Fields(STOP), "how it is asked to end").live(),
          Key.of("max_runtime", ServiceKeys.spanOrNone(), "stops a run that lasts longer").live(),
          Key.of("healthcheck", new Fields(CheckKeys.HEALTH), "probes").live());

  private RestartKeys() {}

  private static Shape policy() {
    return new Choice(
        List.of("always", "on-failure", "no"),
        Map.of("never", "no", "on_failure", "on-failure", "unless-stopped", "always"),
        "");
  }
}

package dev.coffey.lifecycle;

import static dev.coffey.lifecycle.ServiceState.NEVER;

import dev.coffey.spec.ProbeSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How one probe of one run is doing.
///
/// @param next when to look again; never while a look is under way
/// @param goods good answers in a row
/// @param bads bad answers in a row
/// @param last the newest answer
public record Track(
    Instant next, int goods, int bads, Verdict verdict, @Nullable ProbeOutcome last) {
  /// What the thresholds have made of the answers; it changes only when one is reached.
  public enum Verdict {
    UNKNOWN,
    GOOD,
    BAD
  }

  static Track from(Instant first) {
    return new Track(first, 0, 0, Verdict.UNKNOWN, null);
  }

  Track at(Instant moment) {
    return new Track(moment, goods, bads, verdict, last);
  }

  Track underWay() {
    return new Track(NEVER, goods, bads, verdict, last);
  }

  Track after(ProbeOutcome outcome, ProbeSpec spec, Instant again) {
    int good = outcome.good() ? goods + 1 : 0;
    int bad = outcome.good() ? 0 : bads + 1;
    Verdict reached = verdict;
    if (good >= spec.successThreshold()) {
      reached = Verdict.GOOD;
    } else if (bad >= spec.failureThreshold()) {
      reached = Verdict.BAD;
    }
    return new Track(again, good, bad, reached, outcome);
  }
}

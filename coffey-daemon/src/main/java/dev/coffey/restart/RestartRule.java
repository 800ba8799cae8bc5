package dev.coffey.restart;

import dev.coffey.spec.Backoff;
import dev.coffey.spec.GiveUp;
import dev.coffey.spec.RestartPolicy;
import dev.coffey.spec.RestartSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Weighs an end against policy, limits and history.
///
/// The counter of ends in a row is forgotten only after a run that was ready for as long as
/// `reset_after` and the delay before it; the window of `give_up` counts every end however long the
/// run was, so that crashing just after "stable" cannot go on for ever.
public final class RestartRule {
  /// Ends within [#CRASH_LOOP_WINDOW] that are called a crash loop.
  public static final int CRASH_LOOP_ENDS = 5;

  /// How far back a crash loop is looked for.
  public static final Duration CRASH_LOOP_WINDOW = Duration.ofSeconds(60);

  private RestartRule() {}

  /// What follows, and what is remembered.
  ///
  /// @param crashLoop whether this end is the one that makes it a crash loop
  public record Outcome(Restarts restarts, Verdict verdict, boolean crashLoop) {}

  /// Weighs one end.
  ///
  /// @param readyFor how long the run was ready; zero when it never was
  public static Outcome weigh(
      RestartSpec spec, Restarts before, Ending ending, Duration readyFor, Weighing weighing) {
    if (ending == Ending.SUCCESS && spec.policy() != RestartPolicy.ALWAYS) {
      return new Outcome(before, new Verdict.Done(), false);
    }
    int attempt = stable(spec.backoff(), before, readyFor) ? 1 : before.attempt() + 1;
    List<Instant> ends = remember(spec, before.ends(), weighing.now());
    boolean crashLoop = crashLoopBegins(before.ends(), weighing.now());
    Restarts after = new Restarts(attempt, before.total() + 1, ends);
    Verdict verdict = verdict(spec, after, ending, weighing);
    return verdict instanceof Verdict.Again
        ? new Outcome(after, verdict, crashLoop)
        : new Outcome(new Restarts(attempt, before.total(), ends), verdict, crashLoop);
  }

  /// The moment of an end, and the chance from -1 to 1 that its jitter takes.
  public record Weighing(Instant now, double chance) {}

  private static boolean stable(Backoff backoff, Restarts before, Duration readyFor) {
    if (before.attempt() == 0) {
      return false;
    }
    Duration delay = backoff.delay(before.attempt());
    Duration needed = delay.compareTo(backoff.resetAfter()) > 0 ? delay : backoff.resetAfter();
    return !readyFor.isZero() && readyFor.compareTo(needed) >= 0;
  }

  private static List<Instant> remember(RestartSpec spec, List<Instant> ends, Instant now) {
    GiveUp giveUp = spec.giveUp();
    int kept = Math.max(CRASH_LOOP_ENDS, giveUp == null ? 0 : giveUp.restarts() + 1);
    List<Instant> all = new ArrayList<>(ends);
    all.add(now);
    return all.subList(Math.max(0, all.size() - kept), all.size());
  }

  private static boolean crashLoopBegins(List<Instant> earlier, Instant now) {
    return within(earlier, CRASH_LOOP_WINDOW, now) == CRASH_LOOP_ENDS - 1;
  }

  private static Verdict verdict(
      RestartSpec spec, Restarts after, Ending ending, Weighing weighing) {
    if (spec.policy() == RestartPolicy.NO) {
      return new Verdict.Never("policy is 'no'", false);
    }
    if (ending == Ending.PERMANENT_FAILURE) {
      return new Verdict.Never("the status is one of permanent_failure_codes", false);
    }
    int attemptsMax = spec.backoff().attemptsMax();
    if (attemptsMax > 0 && after.attempt() > attemptsMax) {
      return new Verdict.Never(count(attemptsMax, "restart") + " in a row", true);
    }
    GiveUp giveUp = spec.giveUp();
    if (giveUp != null
        && within(after.ends(), giveUp.within(), weighing.now()) > giveUp.restarts()) {
      return new Verdict.Never(
          "more than %s within %d s"
              .formatted(count(giveUp.restarts(), "end"), giveUp.within().toSeconds()),
          true);
    }
    return new Verdict.Again(spec.backoff().delay(after.attempt(), weighing.chance()));
  }

  private static String count(int number, String what) {
    return "%d %s%s".formatted(number, what, number == 1 ? "" : "s");
  }

  private static long within(List<Instant> ends, Duration window, Instant now) {
    Instant from = now.minus(window);
    return ends.stream().filter(end -> end.isAfter(from)).count();
  }
}

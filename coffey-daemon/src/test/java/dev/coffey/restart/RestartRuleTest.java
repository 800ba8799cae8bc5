package dev.coffey.restart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.restart.RestartRule.Outcome;
import dev.coffey.restart.RestartRule.Weighing;
import dev.coffey.spec.Backoff;
import dev.coffey.spec.GiveUp;
import dev.coffey.spec.RestartPolicy;
import dev.coffey.spec.RestartSpec;
import dev.coffey.spec.RestartSpec.OnFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestartRuleTest {
  private static final Instant START = Instant.EPOCH;

  private static RestartSpec spec(RestartPolicy policy, int attemptsMax, @Nullable GiveUp giveUp) {
    Backoff backoff =
        new Backoff(
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            2.0,
            0.1,
            Duration.ofSeconds(10),
            attemptsMax);
    return new RestartSpec(policy, Set.of("0"), Set.of(), backoff, giveUp, OnFailure.NONE);
  }

  private static Outcome fail(RestartSpec spec, Restarts before, Duration readyFor, Instant now) {
    return RestartRule.weigh(spec, before, Ending.FAILURE, readyFor, new Weighing(now, 0));
  }

  @Test
  void sevenGapsInARowFollowTheSchedule() {
    RestartSpec spec = spec(RestartPolicy.ON_FAILURE, 0, null);
    List<Long> gaps = new ArrayList<>();
    Restarts restarts = Restarts.NONE;
    for (int end = 0; end < 7; end++) {
      Outcome outcome = fail(spec, restarts, Duration.ZERO, START.plusSeconds(end));
      restarts = outcome.restarts();
      gaps.add(((Verdict.Again) outcome.verdict()).delay().toSeconds());
    }

    assertThat(gaps).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
  }

  @ParameterizedTest
  @CsvSource({"-1, 900", "0, 1000", "1, 1100"})
  void jitterStaysWithinItsShare(double chance, long millis) {
    Outcome outcome =
        RestartRule.weigh(
            spec(RestartPolicy.ALWAYS, 0, null),
            Restarts.NONE,
            Ending.FAILURE,
            Duration.ZERO,
            new Weighing(START, chance));

    assertThat(outcome.verdict()).isEqualTo(new Verdict.Again(Duration.ofMillis(millis)));
  }

  @ParameterizedTest
  @CsvSource({
    "ALWAYS, SUCCESS, Again",
    "ALWAYS, FAILURE, Again",
    "ALWAYS, PERMANENT_FAILURE, Never",
    "ON_FAILURE, SUCCESS, Done",
    "ON_FAILURE, FAILURE, Again",
    "ON_FAILURE, PERMANENT_FAILURE, Never",
    "NO, SUCCESS, Done",
    "NO, FAILURE, Never",
    "NO, PERMANENT_FAILURE, Never"
  })
  void policyAndEndingDecide(RestartPolicy policy, Ending ending, String verdict) {
    Outcome outcome =
        RestartRule.weigh(
            spec(policy, 0, null), Restarts.NONE, ending, Duration.ZERO, new Weighing(START, 0));

    assertThat(outcome.verdict().getClass().getSimpleName()).isEqualTo(verdict);
  }

  /// T25, T26: only a run that was ready for max(reset_after, the current delay) forgets.
  @ParameterizedTest
  @CsvSource({"9, 6", "15, 6", "16, 1", "3600, 1"})
  void onlyAStableRunForgets(long readySeconds, int attempt) {
    Restarts fifth = new Restarts(5, 5, List.of());
    Outcome outcome =
        fail(
            spec(RestartPolicy.ON_FAILURE, 0, null),
            fifth,
            Duration.ofSeconds(readySeconds),
            START);

    assertThat(outcome.restarts().attempt()).isEqualTo(attempt);
  }

  @Test
  void neverHavingBeenReadyIsNotStable() {
    Restarts first = new Restarts(1, 1, List.of());
    RestartSpec impatient =
        new RestartSpec(
            RestartPolicy.ALWAYS,
            Set.of("0"),
            Set.of(),
            new Backoff(Duration.ZERO, Duration.ZERO, 1, 0, Duration.ZERO, 0),
            null,
            OnFailure.NONE);

    assertThat(fail(impatient, first, Duration.ZERO, START).restarts().attempt()).isEqualTo(2);
  }

  /// T24: the window counts every end, also those after a "good" run.
  @Test
  void crashingJustAfterStableDoesNotGoOnForEver() {
    RestartSpec spec = spec(RestartPolicy.ON_FAILURE, 0, new GiveUp(3, Duration.ofMinutes(2)));
    Restarts restarts = Restarts.NONE;
    Verdict verdict = new Verdict.Done();
    int ends = 0;
    for (; ends < 10 && !(verdict instanceof Verdict.Never); ends++) {
      Outcome outcome = fail(spec, restarts, Duration.ofSeconds(11), START.plusSeconds(12L * ends));
      restarts = outcome.restarts();
      verdict = outcome.verdict();
    }

    assertThat(verdict).isInstanceOf(Verdict.Never.class);
    assertThat(ends).isEqualTo(4);
  }

  /// T28: the limit holds however large it is, and is not a matter of meeting a number exactly.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 50})
  void theWindowHoldsForEverySize(int limit) {
    RestartSpec spec = spec(RestartPolicy.ALWAYS, 0, new GiveUp(limit, Duration.ofMinutes(1)));
    Restarts restarts = Restarts.NONE;
    for (int end = 0; end < limit; end++) {
      Outcome outcome = fail(spec, restarts, Duration.ZERO, START);
      restarts = outcome.restarts();
      assertThat(outcome.verdict()).isInstanceOf(Verdict.Again.class);
    }

    assertThat(fail(spec, restarts, Duration.ZERO, START).verdict())
        .isInstanceOf(Verdict.Never.class);
  }

  @Test
  void endsThatLieBeyondTheWindowDoNotCount() {
    RestartSpec spec = spec(RestartPolicy.ALWAYS, 0, new GiveUp(1, Duration.ofMinutes(1)));
    Restarts restarts = fail(spec, Restarts.NONE, Duration.ZERO, START).restarts();

    assertThat(fail(spec, restarts, Duration.ZERO, START.plusSeconds(60)).verdict())
        .isInstanceOf(Verdict.Again.class);
  }

  @Test
  void maxAttemptsCountsRestartsInARow() {
    RestartSpec spec = spec(RestartPolicy.ALWAYS, 2, null);
    Restarts second = new Restarts(2, 2, List.of());

    Outcome outcome = fail(spec, second, Duration.ZERO, START);

    assertThat(outcome.verdict()).isEqualTo(new Verdict.Never("2 restarts in a row", true));
  }

  @Test
  void theFifthEndWithinAMinuteIsACrashLoopAndSaidOnce() {
    RestartSpec spec = spec(RestartPolicy.ALWAYS, 0, null);
    List<Boolean> said = new ArrayList<>();
    Restarts restarts = Restarts.NONE;
    for (int end = 0; end < 8; end++) {
      Outcome outcome = fail(spec, restarts, Duration.ZERO, START.plusSeconds(end));
      restarts = outcome.restarts();
      said.add(outcome.crashLoop());
    }

    assertThat(said).containsExactly(false, false, false, false, true, false, false, false);
  }

  /// T128: what is remembered does not grow.
  @ParameterizedTest
  @EnumSource(RestartPolicy.class)
  void historyIsBounded(RestartPolicy policy) {
    RestartSpec spec = spec(policy, 0, new GiveUp(7, Duration.ofSeconds(1)));
    Restarts restarts = Restarts.NONE;
    for (int end = 0; end < 1000; end++) {
      restarts = fail(spec, restarts, Duration.ZERO, START.plusSeconds(end)).restarts();
    }

    assertThat(restarts.ends()).hasSizeLessThanOrEqualTo(8);
  }
}

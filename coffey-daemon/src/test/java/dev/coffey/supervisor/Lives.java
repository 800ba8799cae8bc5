package dev.coffey.supervisor;

import dev.coffey.spec.ServiceName;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// As many lives of a daemon, one after the other, as it takes to see so many events; all by one
/// seed.
record Lives(long seed, int events) {
  /// How often a failing life is repeated, with less and less in it.
  private static final int REPEATS_MAX = 300;

  private static final int LIFE_EVENTS_MAX = 600;

  /// One life that broke a rule.
  ///
  /// @param events when it did
  /// @param done what had gone wrong or was asked by then
  /// @param muted what need not have
  record Failure(
      long lifeSeed, int events, List<Integer> done, Set<Integer> muted, Throwable error) {
    int all() {
      return done.size() + muted.size();
    }

    String rule() {
      return error instanceof Violation violation
          ? violation.rule()
          : "the core agrees with itself";
    }
  }

  /// The first life that breaks a rule, as it was.
  Optional<Failure> firstFailure() throws InterruptedException {
    int left = events;
    for (long life = 0; left > 0; life++) {
      long lifeSeed = seed * 1_000_003 + life;
      int most = 50 + new SplittableRandom(lifeSeed).nextInt(LIFE_EVENTS_MAX);
      Simulation simulation = new Simulation(lifeSeed, Set.of(), new Trace(false));
      @Nullable Failure failure = lived(simulation, lifeSeed, Math.min(left, most), Set.of());
      if (failure != null) {
        return Optional.of(failure);
      }
      left -= Math.max(1, Math.min(simulation.turns(), most));
    }
    return Optional.empty();
  }

  private static @Nullable Failure lived(
      Simulation simulation, long lifeSeed, int events, Set<Integer> muted)
      throws InterruptedException {
    try {
      simulation.run(events);
      return null;
    } catch (AssertionError | RuntimeException e) {
      int until = Math.min(events, simulation.turns() + 1);
      return new Failure(lifeSeed, until, simulation.done(), muted, e);
    }
  }

  /// The same failure with as little in it as can be found by leaving out halves, quarters and so
  /// on.
  static Failure smallest(Failure found) throws InterruptedException {
    Failure smallest = found;
    int repeats = 0;
    for (int size = found.done().size(); size > 0; size /= 2) {
      for (int from = 0; from < found.done().size(); from += size) {
        List<Integer> part = found.done().subList(from, Math.min(found.done().size(), from + size));
        Set<Integer> muted = new LinkedHashSet<>(smallest.muted());
        if (!muted.addAll(part)) {
          continue;
        }
        if (repeats++ == REPEATS_MAX) {
          return smallest;
        }
        @Nullable Failure again = repeated(found, muted, new Trace(false));
        if (again != null && again.rule().equals(found.rule())) {
          smallest = again;
        }
      }
    }
    return smallest;
  }

  private static @Nullable Failure repeated(Failure failure, Set<Integer> muted, Trace trace)
      throws InterruptedException {
    Simulation simulation = new Simulation(failure.lifeSeed(), muted, trace);
    return lived(simulation, failure.lifeSeed(), failure.events(), muted);
  }

  /// How to see it again.
  String again() {
    return "make replay SEED=%d EVENTS=%d".formatted(seed, events);
  }

  /// What a person needs: the rule, how to see it again, and the steps that led there.
  String told(Failure failure) throws InterruptedException {
    Trace trace = new Trace(true);
    Failure last = repeated(failure, failure.muted(), trace);
    Throwable error = last == null ? failure.error() : last.error();
    Set<ServiceName> about =
        error instanceof Violation violation ? new HashSet<>(violation.about()) : Set.of();
    return """
    seed %d: %s
    again: %s
    with %d of the %d things that went wrong or were asked; %s:
    %s\
    """
        .formatted(
            seed,
            error.getMessage(),
            again(),
            last == null ? 0 : last.done().size(),
            failure.all(),
            about.isEmpty() ? "all steps" : "the steps of " + about,
            trace.told(about));
  }
}

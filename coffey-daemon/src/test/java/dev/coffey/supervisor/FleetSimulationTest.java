package dev.coffey.supervisor;

import static org.assertj.core.api.Assertions.fail;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The whole core against a world that misbehaves. A failure prints its seed; `make soak` runs
/// more, and `make replay SEED=N` repeats one.
class FleetSimulationTest {
  private static final int EVENTS = Integer.getInteger("coffey.events", 2000);

  static LongStream seeds() {
    Long replayed = Long.getLong("coffey.seed");
    return replayed != null
        ? LongStream.of(replayed)
        : LongStream.rangeClosed(1, Long.getLong("coffey.seeds", 200));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void holdsWhateverTheWorldDoes(long seed) throws InterruptedException {
    Lives lives = new Lives(seed, EVENTS);
    Optional<Lives.Failure> failure = lives.firstFailure();
    if (failure.isPresent()) {
      fail(lives.told(Lives.smallest(failure.get())), failure.get().error());
    }
  }
}

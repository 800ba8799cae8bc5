package dev.coffey.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A test of the simulation: mistakes that one could make in the core, each of which it must find.
class MutantSimulationTest {
  private static final int SEEDS_MAX = 40;
  private static final int SOUND_SEEDS = 20;
  private static final int EVENTS = 500;

  /// What a broken core has to say while it is being caught is of no interest.
  private static final Logger LOOP = Logger.getLogger("coffey.supervisor");

  @BeforeAll
  static void silence() {
    LOOP.setLevel(Level.OFF);
  }

  @AfterAll
  static void unsilence() {
    LOOP.setLevel(null);
  }

  @ParameterizedTest
  @MethodSource("dev.coffey.supervisor.Mutants#all")
  void isCaught(Mutant mutant) throws ReflectiveOperationException {
    MutantLoader broken = new MutantLoader(mutant);
    for (long seed = 1; seed <= SEEDS_MAX; seed++) {
      if (broken.fails(seed, EVENTS)) {
        return;
      }
    }
    fail("%d seeds of %d events did not notice that %s", SEEDS_MAX, EVENTS, mutant);
  }

  @Test
  void whereNothingIsWrongNothingIsFound() throws ReflectiveOperationException {
    MutantLoader sound = new MutantLoader(null);

    for (long seed = 1; seed <= SOUND_SEEDS; seed++) {
      assertThat(sound.fails(seed, EVENTS)).as("seed %d", seed).isFalse();
    }
  }
}

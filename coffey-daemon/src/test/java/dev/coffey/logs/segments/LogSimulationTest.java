package dev.coffey.logs.segments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.spec.LogSpec.Pressure;
import java.io.IOException;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A log under everything at once, driven by a seed: odd chunks, long lines, rotations, full and
/// broken disks, crashes, meddling hands, and readers that come, sleep and resume.
///
/// `-Dcoffey.seeds=FROM-TO` tries others.
class LogSimulationTest {
  private static final int STEPS = 400;

  static LongStream seeds() {
    String[] range = System.getProperty("coffey.seeds", "1-150").split("-", -1);
    return LongStream.rangeClosed(
        Long.parseLong(range[0]), Long.parseLong(range[range.length - 1]));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void logThatBlocksLosesNothingButWhatACrashCutsOff(long seed) {
    run(seed, Pressure.BLOCK);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void logThatDropsTellsEveryReaderWhatIsMissing(long seed) {
    run(seed, Pressure.DROP_OLDEST);
  }

  private static void run(long seed, Pressure pressure) {
    try {
      LogWorld world = new LogWorld(seed, pressure);
      for (int step = 0; step < STEPS; step++) {
        world.step();
      }
      world.heal();
      world.readersCatchUp();
      assertThat(world.readers()).allSatisfy(LogWorld.Reader::hasSeenTheEnd);
    } catch (IOException | AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }
}

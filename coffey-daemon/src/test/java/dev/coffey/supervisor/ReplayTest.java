package dev.coffey.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What a failure of the simulation tells those who want to see it again.
class ReplayTest {
  private static final Path MAKEFILE = Path.of("..", "Makefile");

  @Test
  void theCommandIsOneThatMakeTakes() throws IOException {
    String makefile = Files.readString(MAKEFILE);
    String command = new Lives(17, 2000).again();

    assertThat(command).isEqualTo("make replay SEED=17 EVENTS=2000");
    assertThat(makefile)
        .containsPattern("(?m)^SEED := ")
        .containsPattern("(?m)^EVENTS := ")
        .containsPattern(
            Pattern.compile(
                "^replay:.*\\n(\\t.*\\\\\\n)*\\t.*-Dcoffey.seed=\\$\\(SEED\\) "
                    + "-Dcoffey.events=\\$\\(EVENTS\\)$",
                Pattern.MULTILINE));
  }

  /// The same seed always lives the same lives, also when it is told what need not go wrong.
  @Test
  void theSameSeedLivesTheSameLife() throws InterruptedException {
    Simulation one = new Simulation(4_711, Set.of(), new Trace(true));
    Simulation other = new Simulation(4_711, Set.of(), new Trace(true));

    one.run(300);
    other.run(300);

    assertThat(one.trace.told(Set.of())).isEqualTo(other.trace.told(Set.of()));
    assertThat(one.done()).isEqualTo(other.done());
  }

  @Test
  void whatHoldsHasNothingToTell() throws InterruptedException {
    Optional<Lives.Failure> failure = new Lives(1, 200).firstFailure();

    assertThat(failure).isEmpty();
  }
}

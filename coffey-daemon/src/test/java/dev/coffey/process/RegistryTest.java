package dev.coffey.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.RunId;
import dev.coffey.process.linux.Children.End;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegistryTest {
  private static final Chain DIRECT =
      new Chain(Path.of("/bin/true"), List.of(), false, List.of(), Path.of("/"));

  private static final Optional<End> ENDED = Optional.of(new End.Code(3));

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// So patient that only the end of a spawn ends its waiting.
  private final Registry registry = new Registry(Duration.ofHours(1));

  private final Child child = new Child(new RunId(1), 4711, DIRECT);

  @Test
  void whoIsReapedIsForgotten() throws Exception {
    assertThat(registry.add(registry.takeOff(), child)).isEmpty();

    assertThat(registry.reap(4711, _ -> Optional.of(new End.Code(3))))
        .hasValueSatisfying(ended -> assertThat(ended.child()).isEqualTo(child));

    assertThat(registry.size()).isZero();
  }

  @Test
  void whoCouldNotBeReapedIsStillWatched() throws Exception {
    assertThat(registry.add(registry.takeOff(), child)).isEmpty();

    assertThat(registry.reap(4711, _ -> Optional.empty())).isEmpty();

    assertThat(registry.size()).isOne();
  }

  /// Whose process has ended before its spawn was over still hears of it.
  @Test
  void whoWasReapedDuringTheSpawnIsClaimedWhenItIsOver() throws Exception {
    Registry.Flight flight = registry.takeOff();
    assertThat(registry.reap(4711, _ -> ENDED)).isEmpty();

    assertThat(registry.add(flight, child)).isEqualTo(ENDED);

    assertThat(registry.size()).isZero();
  }

  @Test
  void aSpawnClaimsNobodyWhoHadEndedBeforeItBegan() throws Exception {
    Registry.Flight earlier = registry.takeOff();
    assertThat(registry.reap(4711, _ -> ENDED)).isEmpty();
    Registry.Flight later = registry.takeOff();

    assertThat(registry.add(later, child)).isEmpty();

    assertThat(registry.size()).isOne();
    assertThat(registry.add(earlier, new Child(new RunId(2), 4711, DIRECT))).isEqualTo(ENDED);
  }

  @Test
  void whoEndedAsAStrangerIsForgottenWithTheLastSpawnThatMayClaimIt() throws Exception {
    Registry.Flight earlier = registry.takeOff();
    assertThat(registry.reap(4711, _ -> ENDED)).isEmpty();
    Registry.Flight later = registry.takeOff();

    registry.land(earlier);

    assertThat(registry.add(later, child)).isEmpty();
  }

  /// Launches without a pause do not keep the reaper from a stranger.
  @Test
  void aStrangerIsLeftToTheReaperWhenTheSpawnsOfItsTimeAreOver() throws Exception {
    Registry.Flight first = registry.takeOff();
    Thread reaper = settling(4711);
    World.until(() -> reaper.getState() == Thread.State.TIMED_WAITING, "it waits for the spawn");
    Registry.Flight second = registry.takeOff();

    registry.land(first);

    assertThat(reaper.join(PATIENCE)).isTrue();
    registry.land(second);
  }

  /// The news that a run was launched is told before that it has ended.
  @Test
  void whoseLaunchIsBeingToldWaitsForThatWithItsEnd() throws Exception {
    Registry.Flight flight = registry.takeOff();
    assertThat(registry.add(flight, child)).isEmpty();
    Thread reaper = settling(4711);
    World.until(() -> reaper.getState() == Thread.State.TIMED_WAITING, "it waits for the news");
    Registry.Flight other = registry.takeOff();

    registry.land(flight);

    assertThat(reaper.join(PATIENCE)).isTrue();
    registry.land(other);
  }

  private Thread settling(int pid) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            registry.settle(pid);
          } catch (InterruptedException cut) {
            Thread.currentThread().interrupt();
          }
        });
  }
}

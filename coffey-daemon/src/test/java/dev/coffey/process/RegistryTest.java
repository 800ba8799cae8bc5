package dev.coffey.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.RunId;
import dev.coffey.process.linux.Children.End;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegistryTest {
  private static final Chain DIRECT =
      new Chain(Path.of("/bin/true"), List.of(), false, List.of(), Path.of("/"));

  private final Registry registry = new Registry();
  private final Child child = new Child(new RunId(1), 4711, DIRECT);

  @Test
  void whoIsReapedIsForgotten() throws Exception {
    assertThat(registry.add(child)).isEmpty();

    assertThat(registry.reap(4711, _ -> Optional.of(new End.Code(3))))
        .hasValueSatisfying(ended -> assertThat(ended.child()).isEqualTo(child));

    assertThat(registry.size()).isZero();
  }

  @Test
  void whoCouldNotBeReapedIsStillWatched() throws Exception {
    assertThat(registry.add(child)).isEmpty();

    assertThat(registry.reap(4711, _ -> Optional.empty())).isEmpty();

    assertThat(registry.size()).isOne();
  }
}

package dev.coffey.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.spec.Command;
import dev.coffey.spec.Credentials;
import dev.coffey.spec.ResourceSpec;
import dev.coffey.spec.ServiceSpec;
import dev.coffey.spec.StopSpec;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ObjectionsTest {
  private static final ServiceSpec PLAIN =
      ServiceSpec.of("web", new Command("/bin/true", List.of()));

  @Test
  void nothingIsSaidAgainstAPlainService() {
    assertThat(Objections.to(PLAIN)).isEmpty();
  }

  @Test
  void everythingThatCannotWorkIsSaidAtOnce() {
    Credentials credentials =
        new Credentials("", "", List.of(), false, true, List.of("CAP_NET_RAW", "fly"));
    ResourceSpec resources =
        new ResourceSpec(
            null,
            null,
            "turbo",
            0,
            new TreeMap<>(Specs.limit("files", 1, 1).limits()),
            ResourceSpec.Cgroup.NONE);
    ServiceSpec spec =
        PLAIN
            .with(Specs.with(Specs.with(PLAIN.exec(), credentials), resources))
            .with(new StopSpec("TREM", Duration.ZERO, null));

    assertThat(Objections.to(spec))
        .contains("unknown capability 'fly'", "unknown signal 'TREM'")
        .anyMatch(each -> each.startsWith("unknown limit 'files'; known are [cpu, "))
        .anyMatch(each -> each.startsWith("ionice must be one of"))
        .noneMatch(each -> each.contains("NET_RAW"));
  }
}

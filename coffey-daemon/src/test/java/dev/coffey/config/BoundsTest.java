package dev.coffey.config;

import static dev.coffey.config.Reading.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.spec.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Nothing that a configuration holds is without a bound.
class BoundsTest {
  @Test
  void soManyProblemsAreToldThatTheRestIsCounted() {
    StringBuilder yaml = new StringBuilder("services:\n");
    for (int i = 0; i < 1_100; i++) {
      yaml.append("  s%d: {binary: /bin/s, nicer: 1}\n".formatted(i));
    }

    List<String> told = refused(yaml.toString());

    assertThat(told).hasSize(1_001);
    assertThat(told.getLast()).contains("more-problems", "100 more problems are not shown");
  }

  @Test
  void moreDropInsThanAreReadAreRefusedAtOnce() {
    MemoryFiles files = new MemoryFiles();
    for (int i = 0; i <= FileSet.FILES_MAX; i++) {
      files.with("/etc/coffey/services.d/s%05d.yaml".formatted(i), "binary: [");
    }

    var outcome = new ConfigReader(files, Reading.ROOT).read(ConfigRequest.strict(List.of()));

    assertThat(((ConfigOutcome.Refused) outcome).problems())
        .extracting(Problem::code)
        .containsExactly("too-many-files");
  }

  @Test
  void tiersThatMakeTooManyPairsAreRefused() {
    StringBuilder yaml = new StringBuilder("services:\n");
    for (int i = 0; i < 4_000; i++) {
      yaml.append("  s%d: {binary: /bin/s, tier: t%d}\n".formatted(i, i % 2));
    }

    assertThat(refused(yaml.toString()))
        .filteredOn(problem -> problem.contains("tiers-too-large"))
        .hasSize(1);
  }
}

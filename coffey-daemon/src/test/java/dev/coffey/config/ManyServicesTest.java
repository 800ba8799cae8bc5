package dev.coffey.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ManyServicesTest {
  private static final int FILES = 200;

  /// Far above what it takes, for machines that are busy; the benchmark knows the real number.
  private static final Duration CPU_MAX = Duration.ofSeconds(10);

  @Test
  void timeGrowsWithTheNumberOfServicesAndNotFaster() {
    cpuTime(1_000);
    Duration fifth = cpuTime(2_000);

    Duration whole = cpuTime(10_000);

    assertThat(whole).isLessThan(CPU_MAX);
    assertThat(whole.toMillis()).isLessThan(10 * Math.max(50, fifth.toMillis()));
  }

  private static Duration cpuTime(int services) {
    MemoryFiles files = new MemoryFiles();
    int each = services / FILES;
    for (int file = 0; file < FILES; file++) {
      String text = ManyServices.text(file * each, each);
      files.with("/etc/coffey/services.d/%03d.yaml".formatted(file), text);
    }
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();

    var loaded = Reading.loaded(Reading.of(files));

    Duration used = Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);
    assertThat(loaded.plan().services()).hasSize(services);
    return used;
  }
}

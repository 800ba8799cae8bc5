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

  /// What is allocated is the same on every machine and in every run, almost to the byte.
  @Test
  void memoryThatIsUsedGrowsInStepWithTheNumberOfServices() {
    long unmeasured = allocatedBytes(1_000);
    long fifth = allocatedBytes(2_000);

    long whole = allocatedBytes(10_000);

    assertThat(unmeasured).isPositive();
    assertThat((double) whole / fifth).isLessThan(5.3);
  }

  private static long allocatedBytes(int services) {
    MemoryFiles files = files(services);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();

    var loaded = Reading.loaded(Reading.of(files));

    long used = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(loaded.plan().services()).hasSize(services);
    return used;
  }

  private static MemoryFiles files(int services) {
    MemoryFiles files = new MemoryFiles();
    int each = services / FILES;
    for (int file = 0; file < FILES; file++) {
      String text = ManyServices.text(file * each, each);
      files.with("/etc/coffey/services.d/%03d.yaml".formatted(file), text);
    }
    return files;
  }

  private static Duration cpuTime(int services) {
    MemoryFiles files = files(services);
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();

    var loaded = Reading.loaded(Reading.of(files));

    Duration used = Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);
    assertThat(loaded.plan().services()).hasSize(services);
    return used;
  }
}

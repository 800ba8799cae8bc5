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
    MemoryFiles files = files(services);
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();

    var loaded = Reading.loaded(Reading.of(files));

    Duration used = Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);
    assertThat(loaded.plan().services()).hasSize(services);
    return used;
  }

  private static MemoryFiles files(int services) {
    MemoryFiles files = new MemoryFiles();
    int each = services / FILES;
    for (int file = 0; file < FILES; file++) {
      StringBuilder text = new StringBuilder("services:\n");
      for (int i = 0; i < each; i++) {
        int number = file * each + i;
        text.append(
            """
              - name: service-%d
                binary: /usr/bin/service-%d
                args: ["--port", "%d", "--name", "service-%d"]
                env: {PORT: %d, MODE: fast}
                restart: always
                stop: {timeout: 5s}
                backoff: {initial: 1s, max: 30s}
                healthcheck:
                  readiness: {type: http, url: "http://127.0.0.1:%d/healthz", interval: 5s}
                depends_on: [%s]
            """
                .formatted(
                    number,
                    number,
                    number,
                    number,
                    number + 1,
                    1 + number % 65_535,
                    needs(number)));
      }
      files.with("/etc/coffey/services.d/%03d.yaml".formatted(file), text.toString());
    }
    return files;
  }

  private static String needs(int number) {
    return number < 10 ? "" : "service-%d, service-%d".formatted(number / 2, number / 2 + 1);
  }
}

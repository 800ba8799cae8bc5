package dev.coffey.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsagesTest {
  private static final RunId RUN = new RunId(7);

  @TempDir Path proc;
  @TempDir Path cgroups;
  private Usages usages;

  @BeforeEach
  void emptyMachine() throws IOException {
    usages = new Usages(InstantSource.system(), new Proc(proc, cgroups));
    uptime(100);
  }

  @Test
  void aRunIsTheSumOfItsTreeAndOfWhatStayedInItsSession() throws IOException {
    process(10, 1, 10, 200);
    process(11, 10, 11, 300);
    process(12, 1, 10, 400);
    process(13, 1, 13, 5000);

    usages.sample(Map.of(RUN, 10));

    Usage usage = usages.of(RUN).orElseThrow();
    assertThat(usage.cpuTotal()).isEqualTo(Duration.ofSeconds(9));
    assertThat(usage.tasks()).isEqualTo(6);
    assertThat(usage.memoryBytes()).isEqualTo(3 * 5 * 4096);
  }

  @Test
  void thePercentageIsThatOfTheTimeSinceTheLookBefore() throws IOException {
    process(10, 1, 10, 200);
    usages.sample(Map.of(RUN, 10));
    process(10, 1, 10, 300);
    uptime(102);

    usages.sample(Map.of(RUN, 10));

    assertThat(usages.of(RUN).orElseThrow().cpuPercent()).isEqualTo(50.0);
  }

  @Test
  void aNewRunNeverShowsTheNumbersOfTheOneBefore() throws IOException {
    process(10, 1, 10, 9000);
    usages.sample(Map.of(RUN, 10));
    process(10, 1, 10, 0);

    usages.sample(Map.of(RUN.next(), 10));

    assertThat(usages.of(RUN)).isEmpty();
    assertThat(usages.of(RUN.next()).orElseThrow().cpuPercent()).isZero();
  }

  @Test
  void anEndedProcessHasNoUsage() {
    usages.sample(Map.of(RUN, 10));

    assertThat(usages.of(RUN)).isEmpty();
  }

  @Test
  void theAccountsOfTheRunsOwnControlGroupCount() throws IOException {
    process(10, 1, 10, 200);
    Files.writeString(proc.resolve("10/cgroup"), "1:name=systemd:/\n0::/coffey.m/web.7\n");
    Path group = Files.createDirectories(cgroups.resolve("coffey.m/web.7"));
    Files.writeString(group.resolve("cpu.stat"), "usage_usec 5000000\nuser_usec 1\n");
    Files.writeString(group.resolve("memory.current"), "123456\n");
    Files.writeString(group.resolve("pids.current"), "9\n");

    usages.sample(Map.of(RUN, 10));

    Usage usage = usages.of(RUN).orElseThrow();
    assertThat(usage.cpuTotal()).isEqualTo(Duration.ofSeconds(5));
    assertThat(usage.memoryBytes()).isEqualTo(123456);
    assertThat(usage.tasks()).isEqualTo(9);
  }

  @Test
  void watchingQuickensThePaceUntilTheLastWatchIsClosed() {
    assertThat(usages.pace()).isEqualTo(Duration.ofSeconds(15));

    Usages.Watch first = usages.watch();
    Usages.Watch second = usages.watch();
    second.close();
    second.close();
    assertThat(usages.pace()).isEqualTo(Duration.ofSeconds(2));

    first.close();
    assertThat(usages.pace()).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void whoReadsOnceMayReadAgainSoon() throws InterruptedException {
    usages.read();

    assertThat(usages.pace()).isEqualTo(Duration.ofSeconds(2));
    assertThat(usages.awaitNews(Duration.ZERO)).isTrue();
  }

  @Test
  void aNewRunIsLookedAtWithoutAnybodyWatching() throws Exception {
    process(10, 1, 10, 200);
    Map<RunId, Integer> mains = new ConcurrentHashMap<>();
    try (Sampler sampler = new Sampler(usages, () -> mains)) {
      sampler.begin();
      mains.put(RUN, 10);
      usages.stir();

      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (usages.of(RUN).isEmpty() && System.nanoTime() < deadline) {
        Thread.sleep(5);
      }
      assertThat(usages.of(RUN)).isPresent();
    }
  }

  @Test
  void thisVeryProcessHasMemoryTasksAndDescriptors() {
    Usages real = new Usages(InstantSource.system());

    real.sample(Map.of(RUN, (int) ProcessHandle.current().pid()));

    Usage usage = real.of(RUN).orElseThrow();
    assertThat(usage.memoryBytes()).isGreaterThan(10 << 20);
    assertThat(usage.tasks()).isGreaterThan(5);
    assertThat(usage.descriptors()).isGreaterThan(3);
    assertThat(usage.cpuTotal()).isPositive();
  }

  private void uptime(int seconds) throws IOException {
    Files.writeString(proc.resolve("uptime"), seconds + ".00 1.00\n");
  }

  /// Two threads, five pages, started at second 50; all its CPU as user time.
  private void process(int pid, int parent, int session, int ticks) throws IOException {
    Path directory = Files.createDirectories(proc.resolve("" + pid));
    Files.writeString(
        directory.resolve("stat"),
        "%d (a (b) c) S %d %d %d 0 -1 0 0 0 0 0 %d 0 0 0 20 0 2 0 5000 1000 5 0\n"
            .formatted(pid, parent, session, session, ticks));
  }
}

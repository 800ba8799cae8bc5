package dev.coffey.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.RunId;
import dev.coffey.logs.segments.FileDisk;
import dev.coffey.process.linux.Libc;
import dev.coffey.spec.LogSpec;
import dev.coffey.spec.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetTest {
  private static final long TOTAL_BYTES_MAX = 2 << 20;
  private static final LogSpec SMALL =
      new LogSpec(256 << 10, 100, null, LogSpec.Pressure.BLOCK, true, true, 4096);

  @TempDir Path directory;
  private Logs logs;

  @BeforeEach
  void open() throws IOException {
    logs = Logs.open(Libc.open(), new FileDisk(), directory, InstantSource.system());
  }

  @AfterEach
  void close() {
    logs.close();
  }

  private Writer begin(String service, long run, LogSpec spec) throws IOException {
    RunOutput output = logs.openRun(new ServiceName(service), new RunId(run), spec);
    logs.started(new RunId(run), 1);
    return new Writer(output);
  }

  private long bytes() {
    try (var files = Files.walk(directory)) {
      long sum = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.exists(file) ? Files.size(file) : 0;
      }
      return sum;
    } catch (IOException | java.io.UncheckedIOException _) {
      return Long.MAX_VALUE;
    }
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("waited for: " + what).isNegative();
      Thread.onSpinWait();
    }
  }

  @Test
  void allLogsTogetherStayWithinTheirBudget() throws IOException {
    logs.limitTotal(TOTAL_BYTES_MAX);
    List<Writer> writers =
        List.of(begin("a", 1, SMALL), begin("b", 2, SMALL), begin("c", 3, SMALL));

    byte[] text =
        ("x".repeat(99) + "\n").repeat(1000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    for (int i = 0; i < 100; i++) {
      writers.get(i % 3).stdout(text);
    }
    writers.forEach(writer -> writer.stdout("the end\n"));
    await("the last lines", () -> endsWell("a") && endsWell("b") && endsWell("c"));
    logs.limitTotal(TOTAL_BYTES_MAX);

    await("fewer bytes", () -> bytes() <= TOTAL_BYTES_MAX + (128 << 10));
    writers.forEach(Writer::close);
  }

  private boolean endsWell(String service) {
    List<dev.coffey.logs.segments.LogRecord.Line> tail = logs.tail(new ServiceName(service), 1);
    return !tail.isEmpty() && tail.getFirst().text().length == "the end".length();
  }

  @Test
  void logsThatNobodyWritesAnyMoreCountAndGoFirst() throws IOException {
    Path old = Files.createDirectories(directory.resolve("gone"));
    Files.write(old.resolve("0000000000000001.log"), new byte[1 << 20]);
    Files.write(old.resolve("current"), new byte[1 << 20]);
    Writer writer = begin("a", 1, SMALL);
    writer.stdout("one\n");

    logs.limitTotal(100 << 10);

    await("the old files to go", () -> bytes() < 100 << 10);
    await("the new one to stay", () -> logs.tail(new ServiceName("a"), 1).size() == 1);
    writer.close();
  }

  /// T92: gone on with by order.
  @Test
  void fileThatSomebodyDeletedIsBegunAnewWhenTold() throws IOException {
    Writer writer = begin("a", 1, SMALL);
    writer.stdout("one\n");
    Path current = directory.resolve("a/current");
    await("the first line", () -> logs.tail(new ServiceName("a"), 1).size() == 1);
    Files.delete(current);

    logs.reopen();
    await(
        "a new file",
        () -> {
          writer.stdout("more\n");
          return Files.exists(current);
        });

    writer.close();
  }
}

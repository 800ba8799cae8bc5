package dev.coffey.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.RunId;
import dev.coffey.logs.segments.FileDisk;
import dev.coffey.logs.segments.LogCursor;
import dev.coffey.logs.segments.LogFilter;
import dev.coffey.logs.segments.LogRecord;
import dev.coffey.process.linux.Libc;
import dev.coffey.spec.LogSpec;
import dev.coffey.spec.ServiceName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsTest {
  private static final ServiceName WEB = new ServiceName("web");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

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

  private Writer begin(long run) throws IOException {
    RunOutput output = logs.openRun(WEB, new RunId(run), LogSpec.DEFAULT);
    logs.started(new RunId(run), 4711);
    return new Writer(output);
  }

  /// Reads from the start of the log until as many entries have come.
  private List<LogRecord> read(int count) throws IOException {
    try (LogCursor cursor =
        logs.search(WEB).orElseThrow().after(0, LogFilter.ALL, Long.MAX_VALUE)) {
      return read(cursor, count);
    }
  }

  static List<LogRecord> read(LogCursor cursor, int count) throws IOException {
    Semaphore more = new Semaphore(0);
    cursor.onMore(more::release);
    List<LogRecord> records = new ArrayList<>();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (records.size() < count && System.nanoTime() - end < 0) {
      List<LogRecord> batch = cursor.next();
      records.addAll(batch);
      if (batch.isEmpty() && cursor.isWaiting()) {
        wait(more, end);
      }
    }
    return records;
  }

  private static void wait(Semaphore more, long end) {
    try {
      assertThat(more.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS))
          .as("more came in time")
          .isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(LogRecord record) {
    return switch (record) {
      case LogRecord.Line line ->
          line.stream().word()
              + (line.partial() ? " P " : " F ")
              + new String(line.text(), StandardCharsets.UTF_8);
      case LogRecord.Ended ended -> "ended " + ended.run() + " " + ended.status();
      case LogRecord.Started started -> "started " + started.run() + " " + started.pid();
      default -> record.toString();
    };
  }

  static List<String> texts(List<LogRecord> records) {
    return records.stream().map(LogsTest::text).toList();
  }

  @Test
  void runIsMarkedWithItsLinesBetween() throws IOException {
    Writer child = begin(7);
    child.stdout("one\ntwo\n");
    child.close();
    logs.ended(new RunId(7), "exit 1");

    assertThat(texts(read(4)))
        .containsExactly("started 7 4711", "stdout F one", "stdout F two", "ended 7 exit 1");
  }

  /// T102: the order within a stream is kept; between streams only time tells. T85: nor is an end
  /// lost.
  @Test
  void bothStreamsAreKeptApartAndInOrder() throws IOException {
    Writer child = begin(1);
    child.stdout("a\n");
    child.stderr("b\nno end");
    child.stdout("c\n");
    child.close();
    logs.ended(new RunId(1), "exit 0");

    List<String> texts = texts(read(6));

    assertThat(texts.stream().filter(text -> text.startsWith("stdout")))
        .containsExactly("stdout F a", "stdout F c");
    assertThat(texts.stream().filter(text -> text.startsWith("stderr")))
        .containsExactly("stderr F b", "stderr P no end");
  }

  /// T43, T86: drained for a bounded grace, then closed.
  @Test
  void outputOfASurvivorIsDrainedForAMomentAndDoesNotHoldUpTheEnd() throws IOException {
    Writer child = begin(1);
    child.stdout("before\n");
    logs.ended(new RunId(1), "exit 0");
    child.stdout("after the end\n");

    List<String> texts = texts(read(4));

    assertThat(texts)
        .containsExactly(
            "started 1 4711", "stdout F before", "stdout F after the end", "ended 1 exit 0");
    child.close();
  }

  @Test
  void lateLineOfAnEarlierRunNamesThatRun() throws IOException {
    Writer first = begin(1);
    logs.ended(new RunId(1), "exit 0");
    Writer second = begin(2);
    read(2);
    first.stdout("late\n");
    second.stdout("new\n");

    List<LogRecord> records = read(4);

    assertThat(records)
        .filteredOn(LogRecord.Line.class::isInstance)
        .extracting(record -> record.run() + " " + text(record))
        .containsExactlyInAnyOrder("1 stdout F late", "2 stdout F new");
    first.close();
    second.close();
  }

  @Test
  void promptWithoutLineEndIsShownAfterAMoment() throws IOException {
    Writer child = begin(1);
    child.stdout("password: ");

    assertThat(texts(read(2))).containsExactly("started 1 4711", "stdout P password: ");
    child.close();
  }

  /// T101: whole and in order.
  @Test
  void burstOfAHundredThousandLinesArrivesWholeAndInOrder() throws IOException {
    Writer child = begin(1);
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> IntStream.range(0, 100_000).forEach(i -> child.stdout("line " + i + "\n")));

    List<String> texts = texts(read(100_001));

    assertThat(texts.subList(1, texts.size()))
        .isEqualTo(IntStream.range(0, 100_000).mapToObj(i -> "stdout F line " + i).toList());
    assertThat(writer.isAlive()).isFalse();
    child.close();
  }

  /// T88: no follower blocks a service.
  @Test
  void slowFollowerDoesNotHoldUpTheWriter() throws IOException {
    Writer child = begin(1);
    try (LogCursor lazy = logs.search(WEB).orElseThrow().after(0, LogFilter.ALL, Long.MAX_VALUE)) {
      lazy.onMore(() -> {});
      lazy.next();

      byte[] text = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 64; i++) {
        child.stdout(text);
      }
      child.close();
      logs.ended(new RunId(1), "exit 0");

      LogRecord last = logs.tail(WEB, 1).getFirst();
      while (!(last.seq() > 900)) {
        last = logs.tail(WEB, 1).getFirst();
      }
      assertThat(read(lazy, 1)).isNotEmpty();
    }
  }

  @Test
  void lastLinesComeWithoutTheRest() throws IOException {
    Writer child = begin(1);
    child.stdout("one\ntwo\nthree\n");
    read(4);

    assertThat(logs.tail(WEB, 2))
        .extracting(line -> new String(line.text(), StandardCharsets.UTF_8))
        .containsExactly("two", "three");
    assertThat(logs.tail(new ServiceName("nobody"), 2)).isEmpty();
    child.close();
  }

  @Test
  void launchThatFailedLeavesNoDescriptor() throws IOException {
    logs.openRun(WEB, new RunId(99), LogSpec.DEFAULT);
    long before = descriptors();

    for (int i = 100; i < 200; i++) {
      RunOutput output = logs.openRun(WEB, new RunId(i), LogSpec.DEFAULT);
      logs.abandoned(new RunId(i));
      new Writer(output).close();
    }

    assertThat(descriptors()).isEqualTo(before);
  }

  /// T111: reloads that bring ever new services keep no file of those that are gone.
  @Test
  void logOfAServiceThatIsGoneIsClosedAndFoundAgain() throws IOException {
    Writer child = begin(7);
    child.stdout("one\n");
    child.close();
    logs.ended(new RunId(7), "exit 1");
    assertThat(texts(read(3))).contains("stdout F one");
    assertThat(openBelow()).isNotEmpty();

    long end = System.nanoTime() + PATIENCE.toNanos();
    do {
      logs.retain(Set.of());
    } while (!openBelow().isEmpty() && System.nanoTime() - end < 0);

    assertThat(openBelow()).isEmpty();
    Writer next = begin(8);
    next.stdout("two\n");
    next.close();
    logs.ended(new RunId(8), "exit 0");
    assertThat(texts(read(6))).contains("stdout F one", "stdout F two", "ended 8 exit 0");
  }

  @Test
  void logOfAServiceThatIsThereOrStillWritesStaysOpen() throws IOException {
    Writer child = begin(7);
    child.stdout("one\n");
    assertThat(texts(read(2))).contains("stdout F one");

    logs.retain(Set.of());
    child.stdout("two\n");
    assertThat(texts(read(3))).contains("stdout F two");
    child.close();
    logs.ended(new RunId(7), "exit 1");
    assertThat(texts(read(4))).contains("ended 7 exit 1");
    logs.retain(Set.of(WEB));

    assertThat(openBelow()).isNotEmpty();
  }

  private List<Path> openBelow() throws IOException {
    List<Path> open = new ArrayList<>();
    try (var entries = Files.list(Path.of("/proc/self/fd"))) {
      for (Path entry : entries.toList()) {
        try {
          open.add(Files.readSymbolicLink(entry));
        } catch (NoSuchFileException _) {
          // Closed in the meantime.
        }
      }
    }
    open.removeIf(path -> !path.startsWith(directory));
    return open;
  }

  private static long descriptors() throws IOException {
    try (var entries = Files.list(Path.of("/proc/self/fd"))) {
      return entries.count();
    }
  }

  /// T90: no spinning on what is closed.
  @Test
  void closedPipesCostNothing() throws IOException, InterruptedException {
    Writer child = begin(1);
    child.stdout("one\n");
    child.close();
    read(2);
    long before = pumpCpuNanos();

    Thread.sleep(Duration.ofMillis(500));

    assertThat(Duration.ofNanos(pumpCpuNanos() - before)).isLessThan(Duration.ofMillis(25));
  }

  private static long pumpCpuNanos() {
    var threads = java.lang.management.ManagementFactory.getThreadMXBean();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("coffey-logs")) {
        return threads.getThreadCpuTime(thread.threadId());
      }
    }
    throw new AssertionError("no pump");
  }

  @Test
  void currentFileCanBeReadByOtherTools() throws IOException {
    Writer child = begin(1);
    child.stdout("one\n");
    read(2);

    assertThat(Files.readAllLines(directory.resolve("web/current")))
        .hasSize(3)
        .last()
        .asString()
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z stdout F one");
    child.close();
  }
}

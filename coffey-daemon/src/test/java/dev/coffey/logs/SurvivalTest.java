package dev.coffey.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffey.lifecycle.RunId;
import dev.coffey.logs.segments.FileDisk;
import dev.coffey.logs.segments.LogCursor;
import dev.coffey.logs.segments.LogFilter;
import dev.coffey.logs.segments.LogInUseException;
import dev.coffey.logs.segments.LogRecord;
import dev.coffey.process.linux.Libc;
import dev.coffey.spec.LogSpec;
import dev.coffey.spec.ServiceName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What outlives a daemon, a reader, a neighbour.
class SurvivalTest {
  private static final ServiceName WEB = new ServiceName("web");

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

  private Writer begin(ServiceName service, long run) throws IOException {
    RunOutput output = logs.openRun(service, new RunId(run), LogSpec.DEFAULT);
    logs.started(new RunId(run), 4711);
    return new Writer(output);
  }

  private List<String> awaitLines(ServiceName service, int count) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    List<String> lines = List.of();
    while (lines.size() < count) {
      assertThat(System.nanoTime() - end).as("%d lines in time, not %s", count, lines).isNegative();
      lines =
          logs.tail(service, count + 1).stream()
              .map(line -> new String(line.text(), StandardCharsets.UTF_8))
              .toList();
    }
    return lines;
  }

  /// T99: the pipe outlives its reader.
  @Test
  void nextDaemonGoesOnWithWhatIsStillInThePipe() throws IOException {
    Writer child = begin(WEB, 7);
    child.stdout("before\n");
    awaitLines(WEB, 1);
    logs.close();
    child.stdout("while nobody listened\n");

    open();
    int pid = child.hold();
    logs.adopted(WEB, new RunId(7), LogSpec.DEFAULT, pid);
    child.stdout("after\n");

    assertThat(awaitLines(WEB, 3)).containsExactly("before", "while nobody listened", "after");
    child.close();
    child.release(pid);
  }

  @Test
  void replacedProgramGoesOnWithTheDescriptors() throws IOException {
    Writer child = begin(WEB, 7);
    child.stdout("before\nunfinish");
    List<HandedOver> kept = logs.handOver();
    child.stdout("ed\n");
    logs.close();

    open();
    for (HandedOver each : kept) {
      logs.resumed(each, LogSpec.DEFAULT);
    }
    child.stdout("after\n");

    assertThat(String.join("|", awaitLines(WEB, 4))).isEqualTo("before|unfinish|ed|after");
    child.close();
    logs.ended(new RunId(7), "exit 0");
  }

  /// T93: two daemons, one log.
  @Test
  void otherDaemonIsRefusedTheSameLog() throws IOException {
    begin(WEB, 1).close();

    try (Logs other = Logs.open(Libc.open(), new FileDisk(), directory, InstantSource.system())) {
      assertThatThrownBy(() -> other.openRun(WEB, new RunId(2), LogSpec.DEFAULT))
          .isInstanceOf(LogInUseException.class)
          .hasMessageContaining("another process writes there");
    }
  }

  @Test
  void manyWritersAreKeptApart() throws IOException {
    int services = 500;
    List<Writer> writers = new ArrayList<>();
    for (int i = 0; i < services; i++) {
      writers.add(begin(new ServiceName("many" + i), i + 1));
    }

    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < services; i++) {
        writers.get(i).stdout(i + " says " + round + "\n");
      }
    }

    for (int i = 0; i < services; i++) {
      int service = i;
      assertThat(awaitLines(new ServiceName("many" + i), 20))
          .isEqualTo(IntStream.range(0, 20).mapToObj(round -> service + " says " + round).toList());
    }
    writers.forEach(Writer::close);
  }

  @Test
  void interruptedReaderDoesNotDisturbOthers() throws IOException {
    Writer child = begin(WEB, 1);
    child.stdout("one\n");
    awaitLines(WEB, 1);
    LogCursor cursor = logs.search(WEB).orElseThrow().after(0, LogFilter.ALL, Long.MAX_VALUE);
    LogCursor other = logs.search(WEB).orElseThrow().after(0, LogFilter.ALL, Long.MAX_VALUE);

    Thread.currentThread().interrupt();
    assertThatThrownBy(other::next).isInstanceOf(IOException.class);
    assertThat(Thread.interrupted()).isTrue();

    List<LogRecord> seen = cursor.next();
    assertThat(seen).isNotEmpty();
    child.close();
  }

  @Test
  void mebibytesWithoutALineEndAreSplitAndWhole() throws IOException {
    Writer child = begin(WEB, 1);
    byte[] text = "z".repeat(5 << 20).getBytes(StandardCharsets.UTF_8);
    child.stdout(text);
    child.stdout("\nshort\n");
    child.close();

    List<LogRecord.Line> lines = List.of();
    while (lines.isEmpty() || lines.getLast().text().length != 5) {
      lines = logs.tail(WEB, 1000);
    }

    assertThat(lines.stream().mapToLong(line -> line.text().length).sum())
        .isEqualTo(text.length + 5L);
    assertThat(lines).allSatisfy(line -> assertThat(line.text().length).isLessThanOrEqualTo(65536));
  }
}

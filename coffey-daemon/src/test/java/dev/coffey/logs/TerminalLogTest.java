package dev.coffey.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.RunId;
import dev.coffey.logs.segments.FileDisk;
import dev.coffey.logs.segments.LogCursor;
import dev.coffey.logs.segments.LogFilter;
import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.LinuxException;
import dev.coffey.process.linux.Terminal;
import dev.coffey.spec.LogSpec;
import dev.coffey.spec.ServiceName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Services that write to a terminal.
class TerminalLogTest {
  private static final ServiceName WEB = new ServiceName("web");
  private static final ServiceName OTHER = new ServiceName("other");
  private static final RunId RUN = new RunId(1);

  /// A terminal that is opened so does not become that of this program.
  private static final int NOT_OURS = 0x100;

  private final Libc libc = Libc.open();
  @TempDir Path directory;
  private Logs logs;
  private Terminal terminal;

  @BeforeEach
  void open() throws IOException {
    logs = Logs.open(libc, new FileDisk(), directory, InstantSource.system());
    terminal = Terminal.open(libc);
    logs.openTerminal(WEB, RUN, LogSpec.DEFAULT, terminal.master());
    logs.started(RUN, 4711);
  }

  @AfterEach
  void close() {
    logs.close();
  }

  private Writer opened() throws LinuxException {
    int fd = new Descriptors(libc).open(terminal.path(), Descriptors.O_RDWR | NOT_OURS, 0);
    return new Writer(new RunOutput(fd, RunOutput.NULL));
  }

  private List<String> texts(ServiceName service, int count) throws IOException {
    try (LogCursor cursor =
        logs.search(service).orElseThrow().after(0, LogFilter.ALL, Long.MAX_VALUE)) {
      return LogsTest.texts(LogsTest.read(cursor, count));
    }
  }

  /// A terminal holds little, so that a flood soon waits for us.
  @Test
  void floodIsDrainedAsFastAsItComes() throws Exception {
    Writer child = opened();
    String line = "x".repeat(1000) + "\n";
    Thread writer =
        Thread.ofPlatform()
            .start(() -> IntStream.range(0, 10_000).forEach(i -> child.stdout(i + line)));

    List<String> texts = texts(WEB, 10_001);

    assertThat(texts.subList(1, texts.size()))
        .isEqualTo(
            IntStream.range(0, 10_000)
                .mapToObj(i -> "stdout F " + i + line.strip() + "\r")
                .toList());
    writer.join();
    child.close();
    logs.ended(RUN, "exit 0");
    assertThat(texts(WEB, 10_002).getLast()).isEqualTo("ended 1 exit 0");
  }

  /// As programs for logins do. A pipe that has ended later than the terminal tells that both were
  /// looked at.
  @Test
  void whatIsClosedAndOpenedAgainIsReadOn() throws Exception {
    for (int time = 1; time <= 2; time++) {
      Writer child = opened();
      child.stdout("time " + time + "\n");
      child.close();
      assertThat(texts(WEB, 1 + time).getLast()).isEqualTo("stdout F time " + time + "\r");
      passOnce(time);
    }
    logs.ended(RUN, "exit 0");

    assertThat(texts(WEB, 4).getLast()).isEqualTo("ended 1 exit 0");
  }

  private void passOnce(int time) throws IOException {
    RunId run = new RunId(10 + time);
    Writer other = new Writer(logs.openRun(OTHER, run, LogSpec.DEFAULT));
    logs.started(run, 4712);
    other.close();
    logs.ended(run, "exit 0");
    assertThat(texts(OTHER, 2 * time).getLast()).isEqualTo("ended " + run + " exit 0");
  }
}

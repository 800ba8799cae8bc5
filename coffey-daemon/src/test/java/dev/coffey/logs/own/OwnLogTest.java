package dev.coffey.logs.own;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.spec.DaemonSpec;
import dev.coffey.spec.DaemonSpec.OwnLog.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnLogTest {
  @TempDir Path directory;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final PrintStream console = new PrintStream(shown, true, StandardCharsets.UTF_8);
  private final Logger logger = Logger.getAnonymousLogger();

  private DaemonSpec.OwnLog spec(String level, Format format) {
    return new DaemonSpec.OwnLog(directory.resolve("own.log").toString(), true, level, format);
  }

  private void log(Level level, String message) {
    LogRecord record = new LogRecord(level, message);
    record.setLoggerName("coffey.supervisor");
    logger.log(record);
  }

  @Test
  void lineGoesToFileAndConsole() throws IOException {
    try (OwnLog _ = OwnLog.open(spec("info", Format.TEXT), console, logger)) {
      log(Level.INFO, "web: starting -> running");
    }

    String line = Files.readString(directory.resolve("own.log"));
    assertThat(line)
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  coffey.supervisor:"
                + " web: starting -> running\n");
    assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo(line);
  }

  @Test
  void jsonIsOneObjectALine() throws IOException {
    try (OwnLog _ = OwnLog.open(spec("info", Format.JSON), console, logger)) {
      log(Level.WARNING, "a \"quoted\"\nbreak\tand a \\");
    }

    assertThat(Files.readString(directory.resolve("own.log")))
        .startsWith("{\"time\":\"")
        .endsWith(
            "\"level\":\"warn\",\"logger\":\"coffey.supervisor\","
                + "\"message\":\"a \\\"quoted\\\"\\nbreak\\u0009and a \\\\\"}\n");
  }

  @Test
  void textIsOneLineWhateverIsInIt() throws IOException {
    try (OwnLog _ = OwnLog.open(spec("info", Format.TEXT), console, logger)) {
      log(Level.INFO, "one\ntwo\u001b[31m");
    }

    assertThat(Files.readAllLines(directory.resolve("own.log"))).hasSize(1);
    assertThat(shown.toString(StandardCharsets.UTF_8)).doesNotContain("\u001b");
  }

  @Test
  void levelSaysWhatIsKept() throws IOException {
    try (OwnLog _ = OwnLog.open(spec("warn", Format.TEXT), console, logger)) {
      log(Level.INFO, "not this");
      log(Level.SEVERE, "but this");
    }

    assertThat(Files.readString(directory.resolve("own.log")))
        .contains("ERROR coffey.supervisor: but this")
        .doesNotContain("not this");
  }

  @Test
  void stuckConsoleHoldsNobodyUpAndLossIsTold() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    PrintStream slow =
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                try {
                  stuck.await();
                } catch (InterruptedException e) {
                  throw new IOException(e);
                }
              }
            },
            false,
            StandardCharsets.UTF_8);
    try (OwnLog _ = OwnLog.open(spec("info", Format.TEXT), slow, logger)) {
      long begun = System.nanoTime();
      for (int i = 0; i < OwnLog.LINES_MAX + 1000; i++) {
        log(Level.INFO, "line " + i);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
      stuck.countDown();
      log(Level.INFO, "last");
    }

    assertThat(Files.readString(directory.resolve("own.log")))
        .containsPattern("\\d+ lines of this log were dropped here");
  }

  @Test
  void movedFileIsBegunAnewWhenTold() throws IOException {
    Path file = directory.resolve("own.log");
    try (OwnLog own = OwnLog.open(spec("info", Format.TEXT), console, logger)) {
      log(Level.INFO, "before");
      own.reopen();
      log(Level.INFO, "still here");
      awaitText(file, "still here");
      Files.move(file, directory.resolve("moved"));
      own.reopen();
      log(Level.INFO, "after");
    }

    assertThat(Files.readString(directory.resolve("moved"))).contains("before", "still here");
    assertThat(Files.readString(file)).contains("after").doesNotContain("before");
  }

  private static void awaitText(Path file, String text) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!Files.readString(file).contains(text)) {
      assertThat(System.nanoTime() - end).as("waited for '%s'", text).isNegative();
      Thread.onSpinWait();
    }
  }

  @Test
  void fileIsKeptSmall() throws IOException {
    Path path = directory.resolve("small.log");
    OwnLogFile file = new OwnLogFile(path, 1000);

    for (int i = 0; i < 200; i++) {
      file.write("a line of some length\n".getBytes(StandardCharsets.UTF_8));
    }
    file.close();

    try (var files = Files.list(directory)) {
      assertThat(files.toList())
          .hasSize(4)
          .allSatisfy(each -> assertThat(Files.size(each)).isLessThanOrEqualTo(1000));
    }
  }

  /// T94: not everything can be rotated.
  @Test
  void deviceIsNeitherRotatedNorSought() throws IOException {
    OwnLogFile file = new OwnLogFile(Path.of("/dev/null"), 10);

    for (int i = 0; i < 10; i++) {
      file.write("a line longer than the file may be\n".getBytes(StandardCharsets.UTF_8));
    }
    file.reopen();
    file.close();

    assertThat(Path.of("/dev/null.1")).doesNotExist();
  }

  @Test
  void linkIsWrittenWhereItLeadsAndNeverRenamed() throws IOException {
    Path target = Files.writeString(directory.resolve("target"), "before\n");
    Path link = Files.createSymbolicLink(directory.resolve("link"), target);
    OwnLogFile file = new OwnLogFile(link, 10);

    file.write("a line longer than the file may be\n".getBytes(StandardCharsets.UTF_8));
    file.write("another one\n".getBytes(StandardCharsets.UTF_8));
    file.close();

    assertThat(Files.readAllLines(target))
        .containsExactly("before", "a line longer than the file may be", "another one");
    assertThat(link).isSymbolicLink();
  }

  /// T97: missing directories are made.
  @Test
  void directoryOfTheFileIsMade() throws IOException {
    Path path = directory.resolve("not/there/own.log");

    OwnLogFile.open(path).close();

    assertThat(path).exists();
  }
}

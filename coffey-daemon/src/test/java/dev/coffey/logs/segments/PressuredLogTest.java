package dev.coffey.logs.segments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.spec.LogSpec.Pressure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PressuredLogTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private static void writeNumbered(Fixture log, int from, int to) {
    IntStream.range(from, to).forEach(i -> log.write("line " + i + "\n"));
  }

  private static List<String> numbered(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "line " + i).toList();
  }

  /// T96: ENOSPC, EROFS, EIO and EDQUOT, and recovery without a restart. T98: the oldest lines go,
  /// not the newest. T97: a directory that is missing and cannot be made yet.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "No space left on device",
        "Read-only file system",
        "Input/output error",
        "Disk quota exceeded"
      })
  void logThatBlocksWaitsAndLosesNothing(String refusal) throws IOException {
    Fixture log = new Fixture();
    writeNumbered(log, 0, 3);

    log.disk.refuse(refusal);
    log.write("line 3\n");

    assertThat(log.log.isBlocked()).isTrue();
    assertThat(log.log.cause()).contains(refusal);
    log.later(SECOND);
    assertThat(log.log.isBlocked()).isTrue();

    log.disk.refuse("");
    log.later(10 * SECOND);
    writeNumbered(log, 4, 6);

    assertThat(log.log.isBlocked()).isFalse();
    assertThat(log.log.cause()).isEmpty();
    assertThat(log.log.droppedLines()).isZero();
    assertThat(Fixture.texts(log.all())).isEqualTo(numbered(0, 6));
  }

  /// T96: short lines take many times the room of what was read once their heads are before them.
  @Test
  void logThatBlocksKeepsAllOfWhatWasReadBeforeItStopped() throws IOException {
    Fixture log = new Fixture();
    log.disk.refuse("No space left on device");

    for (int i = 0; i < 4; i++) {
      log.write("\n".repeat(64 << 10));
    }
    log.disk.refuse("");
    log.later(10 * SECOND);

    assertThat(log.log.droppedLines()).isZero();
    assertThat(log.all()).hasSize(4 * (64 << 10));
  }

  /// T96: a hundred logs on one full disk are held in memory together, and there is only one
  /// memory.
  @Test
  void whatAllLogsHoldTogetherHasALimit() throws IOException {
    Waiting waiting = new Waiting();
    List<Fixture> stuck =
        List.of(new Fixture(Pressure.BLOCK, waiting), new Fixture(Pressure.BLOCK, waiting));
    Fixture well = new Fixture(Pressure.BLOCK, waiting);
    Fixture losing = new Fixture(Pressure.DROP_OLDEST, waiting);
    losing.disk.refuse("Input/output error");
    losing.write("kept while there is room\n");
    for (Fixture log : stuck) {
      log.disk.refuse("Input/output error");
      for (int i = 0; i < 4; i++) {
        log.write("\n".repeat(64 << 10));
      }
    }

    losing.write("one\ntwo\n");

    assertThat(waiting.isFull()).isTrue();
    assertThat(waiting.bytes()).isLessThan(Waiting.BYTES_LIMIT);
    assertThat(well.log.isBlocked()).isTrue();
    assertThat(losing.log.isBlocked()).isFalse();
    assertThat(losing.log.droppedLines()).isEqualTo(3);

    stuck.getFirst().disk.refuse("");
    stuck.getFirst().later(10 * SECOND);

    assertThat(well.log.isBlocked()).isFalse();
    assertThat(stuck.getFirst().log.droppedLines()).isZero();
    assertThat(waiting.bytes()).isEqualTo(stuck.getLast().log.waitingBytes());
  }

  /// T96: runs that have ended leave what nobody could wait with: beyond the last limit it is
  /// dropped and counted, whatever the policy.
  @Test
  void whatEndedRunsLeaveHasALimitToo() throws IOException {
    Waiting waiting = new Waiting();
    for (int each = 0; each < 4; each++) {
      Fixture log = new Fixture(Pressure.BLOCK, waiting);
      log.disk.refuse("No space left on device");
      for (int i = 0; i < 6; i++) {
        log.write("\n".repeat(64 << 10));
      }

      assertThat(log.log.waitingBytes()).isLessThanOrEqualTo(PressuredLog.BLOCKED_BYTES_MAX);
      assertThat(log.log.droppedLines()).isPositive();
    }

    assertThat(waiting.bytes()).isLessThanOrEqualTo(Waiting.BYTES_LIMIT);
  }

  @Test
  void writeThatStopsInsideALineGoesOnThere() throws IOException {
    Fixture log = new Fixture();
    writeNumbered(log, 0, 3);
    log.disk.room(17);

    log.write("line 3\nline 4\n");
    LogCursor cursor = log.search().after(0, LogFilter.ALL, Long.MAX_VALUE);
    List<LogRecord> before = Fixture.read(cursor);
    log.disk.room(Long.MAX_VALUE);
    log.later(SECOND);

    assertThat(Fixture.texts(before)).isEqualTo(numbered(0, 3));
    assertThat(Fixture.texts(cursor.next())).isEqualTo(numbered(3, 5));
  }

  @Test
  void lossIsCountedToldAndEndsByItself() throws IOException {
    Fixture log =
        new Fixture(
            new FakeDisk(), new SegmentStore.Limits(10 << 20, 5, 0), Pressure.DROP_OLDEST, 256);
    writeNumbered(log, 0, 3);
    log.disk.refuse("Input/output error");
    String text = "x".repeat(200);

    for (int i = 0; i < 2000; i++) {
      log.write(text + "\n");
    }
    assertThat(log.log.isBlocked()).isFalse();
    assertThat(log.log.waitingBytes()).isLessThanOrEqualTo(PressuredLog.BACKLOG_BYTES_MAX);
    log.disk.refuse("");
    log.later(10 * SECOND);
    log.write("after\n");

    List<LogRecord> records = log.all();
    LogRecord.Gap gap = (LogRecord.Gap) records.get(3);
    long kept = records.size() - 5L;
    assertThat(gap.lines()).isEqualTo(2000 - kept).isEqualTo(log.log.droppedLines());
    assertThat(gap.bytes()).isEqualTo(gap.lines() * 201);
    assertThat(gap.cause()).contains("Input/output error");
    assertThat(Fixture.text(records.getLast())).isEqualTo("after");
  }

  @Test
  void fullDiskCostsTheOldestSegmentsFirst() throws IOException {
    Fixture log =
        new Fixture(
            new FakeDisk(), new SegmentStore.Limits(4096, 50, 0), Pressure.DROP_OLDEST, 256);
    writeNumbered(log, 0, 500);
    log.disk.room(2000);

    writeNumbered(log, 500, 1000);

    assertThat(log.log.isWaiting()).isFalse();
    assertThat(log.log.droppedLines()).isZero();
    List<LogRecord> records = log.all();
    assertThat(Fixture.text(records.getLast())).isEqualTo("line 999");
    assertThat(Fixture.texts(records)).doesNotContain("line 0");
  }

  @Test
  void runIsKnownAlsoWhenItsStartWasLost() throws IOException {
    Fixture log =
        new Fixture(
            new FakeDisk(), new SegmentStore.Limits(10 << 20, 5, 0), Pressure.DROP_OLDEST, 256);
    log.mark(Markers.started(1, 100));
    log.disk.refuse("Input/output error");
    log.mark(Markers.started(2, 200));
    for (int i = 0; i < 2000; i++) {
      log.write("y".repeat(200) + "\n");
    }

    log.disk.refuse("");
    log.later(10 * SECOND);

    assertThat(log.all().getLast().run()).isEqualTo(2);
  }

  @Test
  void directoryThatCannotBeMadeIsTriedAgain() throws IOException {
    FakeDisk disk = new FakeDisk();
    disk.refuse("Read-only file system");
    Fixture log = new Fixture(disk, new SegmentStore.Limits(4096, 3, 0), Pressure.BLOCK, 256);
    log.write("early\n");
    assertThat(log.log.isBlocked()).isTrue();

    disk.refuse("");
    log.later(SECOND);

    assertThat(Fixture.texts(log.all())).containsExactly("early");
  }

  @Test
  void retriesBecomeRare() throws IOException {
    Fixture log = new Fixture();
    log.write("one\n");
    log.disk.refuse("Input/output error");
    log.write("two\n");
    long first = log.log.retryAtNanos() - log.nanos;

    for (int i = 0; i < 20; i++) {
      log.later(10 * SECOND);
    }

    assertThat(first).isEqualTo(Duration.ofMillis(100).toNanos());
    assertThat(log.log.retryAtNanos() - log.nanos).isEqualTo(5 * SECOND);
  }
}

package dev.coffey.logs.segments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.spec.LogSpec.Pressure;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What finding a place costs, counted in bytes read: it must not grow with the log.
class LogSearchTest {
  private static final int SEGMENT_BYTES = 1 << 20;
  private static final int SMALL_BYTES = 2 << 20;
  private static final int LARGE_BYTES = 32 << 20;
  private static final int BATCH_LINES = 600;
  private static final int RUN_BATCHES = 5;
  private static final long BATCH_MICROS = 10_000_000;

  /// Beside what is asked for: where it begins, what may have come late, and what is not in the
  /// index yet.
  private static final long TEXT_BYTES_MAX = 24L * LogIndex.STRETCH_BYTES;

  /// Two long runs and a short one between them.
  static final class Log {
    private final Fixture fixture;
    private final long bytes;
    private final long begunMicros;
    private final long endedMicros;

    Log(int bytes) throws IOException {
      fixture =
          new Fixture(
              new FakeDisk(), new SegmentStore.Limits(SEGMENT_BYTES, 1000, 0), Pressure.BLOCK, 256);
      fixture.mark(Markers.started(6, 1));
      fill(bytes / 2);
      fixture.mark(Markers.ended(6, "exit 1"));
      begunMicros = fixture.micros;
      fixture.mark(Markers.started(7, 1));
      for (int i = 0; i < RUN_BATCHES; i++) {
        write();
      }
      endedMicros = fixture.micros;
      fixture.mark(Markers.ended(7, "exit 1"));
      fixture.mark(Markers.started(8, 1));
      fill(bytes / 2);
      this.bytes = fixture.store.bytes();
    }

    private void fill(int bytes) {
      for (long end = fixture.store.bytes() + bytes; fixture.store.bytes() < end; ) {
        write();
      }
    }

    private void write() {
      fixture.write(("x".repeat(63) + "\n").repeat(BATCH_LINES));
      fixture.micros += BATCH_MICROS;
    }
  }

  enum Question {
    LAST_LINES(50),
    SINCE(3 * BATCH_LINES),
    SINCE_AND_UNTIL(RUN_BATCHES * BATCH_LINES),
    LAST_LINES_BEFORE(50),
    RUN(RUN_BATCHES * BATCH_LINES),
    LAST_LINES_OF_A_RUN(50),
    PREVIOUS_RUN(RUN_BATCHES * BATCH_LINES),
    AFTER_A_NUMBER(50);

    private final int lines;

    Question(int lines) {
      this.lines = lines;
    }

    LogCursor ask(Log log) throws IOException {
      LogSearch search = log.fixture.search();
      long end = search.nextSeq();
      long nearEnd = log.fixture.micros - 3 * BATCH_MICROS - BATCH_MICROS / 2;
      return switch (this) {
        case LAST_LINES -> search.last(50, LogFilter.ALL, end);
        case SINCE -> search.all(between(nearEnd, Long.MAX_VALUE), end);
        case SINCE_AND_UNTIL -> search.all(between(log.begunMicros, log.endedMicros), end);
        case LAST_LINES_BEFORE -> search.last(50, between(Long.MIN_VALUE, log.endedMicros), end);
        case RUN -> search.all(ofRun(7), end);
        case LAST_LINES_OF_A_RUN -> search.last(50, ofRun(7), end);
        case PREVIOUS_RUN -> search.all(ofRun(search.runs(2).getLast()), end);
        case AFTER_A_NUMBER -> search.after(end - 51, LogFilter.ALL, end);
      };
    }

    private static LogFilter between(long since, long until) {
      return new LogFilter(true, true, since, until, 0, null);
    }

    private static LogFilter ofRun(long run) {
      return new LogFilter(true, true, Long.MIN_VALUE, Long.MAX_VALUE, run, null);
    }
  }

  @ParameterizedTest
  @EnumSource(Question.class)
  void placeIsFoundByTheIndexHoweverMuchThereIs(Question question) throws IOException {
    Log small = new Log(SMALL_BYTES);
    Log large = new Log(LARGE_BYTES);

    long smallTextBytes = textBytesRead(small, question);
    long largeTextBytes = textBytesRead(large, question);

    assertThat(large.bytes).isGreaterThan(10 * small.bytes);
    assertThat(largeTextBytes)
        .isLessThanOrEqualTo(TEXT_BYTES_MAX)
        .isLessThanOrEqualTo(smallTextBytes + 2L * LogIndex.STRETCH_BYTES);
    assertThat(large.fixture.disk.indexBytesRead()).isLessThan(large.bytes / 250);
  }

  private static long textBytesRead(Log log, Question question) throws IOException {
    long before = log.fixture.disk.textBytesRead();
    List<LogRecord> records = Fixture.read(question.ask(log));
    long read = log.fixture.disk.textBytesRead() - before;
    assertThat(records.stream().filter(LogRecord.Line.class::isInstance)).hasSize(question.lines);
    return read;
  }
}

package dev.coffey.logs.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffey.spec.LogSpec.Pressure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SegmentStoreTest {
  private static List<String> numbered(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "line " + i).toList();
  }

  private static void writeNumbered(Fixture log, int from, int to) {
    IntStream.range(from, to).forEach(i -> log.write("line " + i + "\n"));
  }

  private static List<String> lines(List<LogRecord> records) {
    return Fixture.texts(records.stream().filter(LogRecord.Line.class::isInstance).toList());
  }

  @Test
  void fileBeginsWithItsNumberAndGoesOnWithLines() throws IOException {
    Fixture log = new Fixture();

    log.mark(Markers.started(7, 4711));
    log.write("hello\n");

    assertThat(log.current())
        .isEqualTo(
            """
            2025-11-21T07:40:57.123456Z stderr F:coffey segment seq=1 run=0
            2025-11-21T07:40:57.123456Z stderr F:coffey started run=7 pid=4711
            2025-11-21T07:40:57.123466Z stdout F hello
            """);
  }

  @Test
  void rotationLosesNothingAndRepeatsNothing() throws IOException {
    Fixture log =
        new Fixture(new FakeDisk(), new SegmentStore.Limits(4096, 1000, 0), Pressure.BLOCK, 256);

    writeNumbered(log, 0, 2000);

    List<LogRecord> records = log.all();
    assertThat(lines(records)).isEqualTo(numbered(0, 2000));
    assertThat(records.stream().filter(LogRecord.Rotated.class::isInstance).count())
        .isGreaterThan(20);
    assertThat(log.disk.list(Fixture.DIRECTORY))
        .allSatisfy(name ->
            assertThat(log.disk.bytes(Fixture.DIRECTORY.resolve(name)).length)
                .isLessThanOrEqualTo(4096));
  }

  @Test
  void numbersGrowByOneOverSegments() throws IOException {
    Fixture log = Fixture.small(Pressure.BLOCK);

    writeNumbered(log, 0, 200);

    List<LogRecord> records = log.all();
    long first = records.getFirst().seq();
    assertThat(records)
        .extracting(LogRecord::seq)
        .isEqualTo(IntStream.range(0, records.size()).mapToObj(i -> first + i).toList());
  }

  @Test
  void onlyTheNewestSegmentsAreKept() throws IOException {
    Fixture log = Fixture.small(Pressure.BLOCK);

    writeNumbered(log, 0, 2000);

    List<String> segments =
        log.disk.list(Fixture.DIRECTORY).stream().filter(name -> name.endsWith(".log")).toList();
    assertThat(segments).hasSize(3);
    assertThat(lines(log.all())).endsWith("line 1999").doesNotContain("line 0");
  }

  /// T88: a gap with its size.
  @Test
  void readerThatFellBehindIsToldHowMuchItMissed() throws IOException {
    Fixture log = Fixture.small(Pressure.BLOCK);
    writeNumbered(log, 0, 10);
    LogCursor cursor = log.search().after(5, LogFilter.ALL, Long.MAX_VALUE);

    writeNumbered(log, 10, 2000);
    List<LogRecord> records = Fixture.read(cursor);

    LogRecord.Gap gap = (LogRecord.Gap) records.getFirst();
    assertThat(gap.lines()).isEqualTo(records.get(1).seq() - 6);
    assertThat(records.getLast().seq()).isEqualTo(log.store.segments().nextSeq() - 1);
  }

  /// T91: rotation under a reader.
  @Test
  void followerGoesOnOverRotationWithoutGapOrRepetition() throws IOException {
    Fixture log =
        new Fixture(new FakeDisk(), new SegmentStore.Limits(4096, 1000, 0), Pressure.BLOCK, 256);
    LogCursor cursor = log.search().after(0, LogFilter.ALL, Long.MAX_VALUE);
    java.util.ArrayList<LogRecord> seen = new java.util.ArrayList<>();

    for (int i = 0; i < 500; i++) {
      writeNumbered(log, i, i + 1);
      seen.addAll(cursor.next());
    }

    assertThat(lines(seen)).isEqualTo(numbered(0, 500));
  }

  @Test
  void brokenReaderResumesByNumber() throws IOException {
    Fixture log = Fixture.small(Pressure.BLOCK);
    writeNumbered(log, 0, 50);
    List<LogRecord> first = log.all();
    long last = first.get(20).seq();

    List<LogRecord> rest =
        Fixture.read(log.search().after(last, LogFilter.ALL, log.store.segments().nextSeq()));

    assertThat(lines(rest)).isEqualTo(lines(first.subList(21, first.size())));
  }

  @Test
  void waitingReaderIsCalledOnceForEachTimeItWaited() throws IOException {
    Fixture log = new Fixture();
    int[] calls = {0};
    LogCursor cursor = log.search().after(0, LogFilter.ALL, Long.MAX_VALUE);
    cursor.onMore(() -> calls[0]++);
    log.store.wakeFollowers();
    assertThat(calls[0]).isZero();

    assertThat(cursor.next()).isEmpty();
    log.write("one\n");
    log.store.wakeFollowers();
    log.store.wakeFollowers();

    assertThat(calls[0]).isEqualTo(1);
    assertThat(Fixture.texts(cursor.next())).containsExactly("one");
  }

  /// T93: one writer for one directory.
  @Test
  void secondWriterOfTheSameDirectoryIsRefused() throws IOException {
    Fixture log = new Fixture();

    assertThatThrownBy(
            () -> new Fixture(log.disk, new SegmentStore.Limits(4096, 3, 0), Pressure.BLOCK, 256))
        .isInstanceOf(LogInUseException.class)
        .hasMessageContaining("another process writes there");
  }

  @Test
  void nextDaemonGoesOnWithTheNumbers() throws IOException {
    Fixture log = Fixture.small(Pressure.BLOCK);
    log.mark(Markers.started(7, 1));
    writeNumbered(log, 0, 3);

    Fixture next = log.crashed();
    next.write("after\n");

    List<LogRecord> records = next.all();
    assertThat(Fixture.texts(records))
        .containsExactly("<Started>", "line 0", "line 1", "line 2", "after");
    assertThat(records.getLast().seq()).isEqualTo(6);
    assertThat(records.getLast().run()).isEqualTo(7);
  }

  /// T103: half a file is mended and gone on with.
  @Test
  void lineThatACrashCutOffIsKeptAsAPart() throws IOException {
    Fixture log = Fixture.small(Pressure.BLOCK);
    writeNumbered(log, 0, 3);
    log.disk.add(
        Fixture.CURRENT,
        "2025-11-21T07:40:58.000000Z stdout F cut o".getBytes(StandardCharsets.UTF_8));

    Fixture next = log.crashed();
    next.write("after\n");

    assertThat(Fixture.texts(next.all()))
        .containsExactly("line 0", "line 1", "line 2", "cut o…", "after");
  }

  @Test
  void whatACrashLeftUnreadableIsCutOffAndToldOf() throws IOException {
    Fixture log = Fixture.small(Pressure.BLOCK);
    writeNumbered(log, 0, 3);
    log.disk.add(Fixture.CURRENT, new byte[100]);

    Fixture next = log.crashed();
    next.write("after\n");

    List<LogRecord> records = next.all();
    assertThat(Fixture.texts(records))
        .containsExactly("line 0", "line 1", "line 2", "<Gap>", "after");
    assertThat(((LogRecord.Gap) records.get(3)).bytes()).isEqualTo(100);
  }

  @Test
  void indexThatIsGoneIsMadeAnew() throws IOException {
    Fixture log =
        new Fixture(new FakeDisk(), new SegmentStore.Limits(1 << 20, 3, 0), Pressure.BLOCK, 256);
    writeNumbered(log, 0, 5000);
    log.disk.delete(Fixture.DIRECTORY.resolve("current.idx"));

    Fixture next = log.crashed();

    assertThat(lines(next.all())).isEqualTo(numbered(0, 5000));
    LogCursor cursor = next.search().last(3, LogFilter.ALL, next.store.segments().nextSeq());
    assertThat(lines(Fixture.read(cursor))).isEqualTo(numbered(4997, 5000));
  }

  /// T92: moved or deleted by others.
  @Test
  void fileThatSomebodyTookAwayIsBegunAnew() throws IOException {
    Fixture log = new Fixture();
    writeNumbered(log, 0, 3);
    LogCursor cursor = log.search().after(0, LogFilter.ALL, Long.MAX_VALUE);
    Fixture.read(cursor);
    log.disk.rename(Fixture.CURRENT, Fixture.DIRECTORY.resolve("taken"));

    boolean reopened = log.store.reopen();
    writeNumbered(log, 3, 5);

    assertThat(reopened).isTrue();
    assertThat(log.store.reopen()).isFalse();
    assertThat(lines(cursor.next())).isEqualTo(numbered(3, 5));
    assertThat(log.current()).contains("line 4");
  }

  /// T95: cut by others; what they have cut is never written over.
  @Test
  void fileThatSomebodyCutIsMovedAside() throws IOException {
    Fixture log = new Fixture();
    writeNumbered(log, 0, 3);
    log.disk.truncate(Fixture.CURRENT, 0);
    log.write("into the cut file\n");

    boolean reopened = log.store.reopen();
    log.write("after\n");

    assertThat(reopened).isTrue();
    assertThat(log.current()).contains("segment seq=6").contains("after");
    assertThat(log.disk.list(Fixture.DIRECTORY)).contains("current.foreign");
  }

  @Test
  void earlierRunIsFoundThoughTheNewestSegmentHasNoIndexYet() throws IOException {
    Fixture log = new Fixture();
    log.mark(Markers.started(7, 1));
    writeNumbered(log, 0, 3);
    log.store.rotate();
    log.mark(Markers.started(8, 2));
    writeNumbered(log, 3, 5);

    LogFilter earlier = new LogFilter(true, true, Long.MIN_VALUE, Long.MAX_VALUE, 7, null);

    assertThat(log.search().runs(5)).containsExactly(8L, 7L);
    assertThat(lines(Fixture.read(log.search().all(earlier, log.store.segments().nextSeq()))))
        .isEqualTo(numbered(0, 3));
  }
}

package dev.coffey.logs.segments;

import dev.coffey.spec.LogSpec.Pressure;
import dev.coffey.spec.ServiceName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A log on a disk in memory, fed through a splitter as the pump does it.
final class Fixture {
  static final ServiceName WEB = new ServiceName("web");
  static final Path DIRECTORY = Path.of("/logs/web");
  static final Path CURRENT = DIRECTORY.resolve("current");
  static final long T0 = 1_763_710_857_123_456L;

  final FakeDisk disk;
  final SegmentStore store;
  final PressuredLog log;
  final LineSplitter stdout;
  final LineSplitter stderr;
  final Block block = new Block();
  long micros = T0;
  long nanos;

  Fixture() throws IOException {
    this(new FakeDisk(), new SegmentStore.Limits(10 << 20, 5, 0), Pressure.BLOCK, 64 << 10);
  }

  /// One of several logs.
  Fixture(Pressure pressure, Waiting waiting) throws IOException {
    this(
        new FakeDisk(),
        new SegmentStore.Limits(10 << 20, 5, 0),
        new PressureWith(pressure, waiting),
        64 << 10);
  }

  Fixture(FakeDisk disk, SegmentStore.Limits limits, Pressure pressure, int lineBytesMax)
      throws IOException {
    this(disk, limits, new PressureWith(pressure, new Waiting()), lineBytesMax);
  }

  private record PressureWith(Pressure pressure, Waiting waiting) {}

  private Fixture(
      FakeDisk disk, SegmentStore.Limits limits, PressureWith pressure, int lineBytesMax)
      throws IOException {
    this.disk = disk;
    this.store = new SegmentStore(disk, DIRECTORY, WEB, limits);
    this.log = new PressuredLog(store, pressure.pressure(), pressure.waiting());
    this.stdout = new LineSplitter(LogStream.STDOUT, lineBytesMax);
    this.stderr = new LineSplitter(LogStream.STDERR, lineBytesMax);
    log.open(micros, nanos);
  }

  static Fixture small(Pressure pressure) throws IOException {
    return new Fixture(new FakeDisk(), new SegmentStore.Limits(4096, 3, 0), pressure, 256);
  }

  /// As after a crash: the same disk, everything else anew.
  Fixture crashed() throws IOException {
    disk.crash();
    Fixture next = new Fixture(disk, new SegmentStore.Limits(4096, 3, 0), Pressure.BLOCK, 256);
    next.micros = micros + 1_000_000;
    return next;
  }

  void write(String text) {
    write(stdout, text.getBytes(StandardCharsets.UTF_8));
  }

  void write(LineSplitter splitter, byte[] bytes) {
    splitter.feed(chunk(bytes), micros, block);
    append();
  }

  /// As if it had been read from a pipe.
  static Chunk chunk(byte[] bytes) {
    Chunk chunk = new Chunk(bytes.length);
    System.arraycopy(bytes, 0, chunk.bytes, 0, bytes.length);
    chunk.length = bytes.length;
    chunk.findEnds();
    return chunk;
  }

  void flush(LineSplitter splitter) {
    splitter.flush(micros, block);
    append();
  }

  void mark(String marker) {
    Markers.append(block, micros, marker);
    append();
  }

  private void append() {
    log.append(block, micros, nanos);
    block.clear();
    micros += 10;
  }

  void later(long nanosMore) {
    nanos += nanosMore;
    micros += nanosMore / 1000;
    if (log.isWaiting()) {
      log.retry(micros, nanos);
    }
  }

  LogSearch search() {
    return new LogSearch(store);
  }

  /// All that is kept.
  List<LogRecord> all() throws IOException {
    return read(search().all(LogFilter.ALL, store.segments().nextSeq()));
  }

  static List<LogRecord> read(LogCursor cursor) throws IOException {
    List<LogRecord> records = new ArrayList<>();
    while (!cursor.isOver() && !cursor.isWaiting()) {
      records.addAll(cursor.next());
    }
    return records;
  }

  /// The texts of lines; markers as their type's name.
  static List<String> texts(List<LogRecord> records) {
    return records.stream().map(Fixture::text).toList();
  }

  static String text(LogRecord record) {
    return record instanceof LogRecord.Line line
        ? new String(line.text(), StandardCharsets.UTF_8) + (line.partial() ? "…" : "")
        : "<" + record.getClass().getSimpleName() + ">";
  }

  String current() {
    return new String(disk.bytes(CURRENT), StandardCharsets.UTF_8);
  }
}

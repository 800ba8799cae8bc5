package dev.coffey.logs.segments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.spec.LogSpec.Pressure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// A log, a disk that misbehaves, and what must be true of them whatever happens.
final class LogWorld {
  private static final long SECOND = 1_000_000_000L;
  private static final int READERS = 3;

  private final SplittableRandom random;
  private final Pressure pressure;
  private final SegmentStore.Limits limits;
  private Raw sent = new Raw();

  /// What every reader has seen, by number: all must see the same.
  private final TreeMap<Long, String> seen = new TreeMap<>();

  private final List<Reader> readers = new ArrayList<>();
  private Fixture log;
  private long run;

  LogWorld(long seed, Pressure pressure) throws IOException {
    this.random = new SplittableRandom(seed);
    this.pressure = pressure;
    boolean all = pressure == Pressure.BLOCK;
    int kept = all ? 1_000_000 : 2 + random.nextInt(5);
    this.limits = new SegmentStore.Limits(4096 + random.nextInt(20_000), kept, 0);
    this.log = new Fixture(new FakeDisk(), limits, pressure, 256 + random.nextInt(500));
    for (int i = 0; i < READERS; i++) {
      readers.add(new Reader());
    }
  }

  List<Reader> readers() {
    return readers;
  }

  void step() throws IOException {
    int dice = random.nextInt(100);
    if (dice < 50) {
      write();
    } else if (dice < 75) {
      readers.get(random.nextInt(READERS)).read();
    } else if (dice < 80) {
      readers.get(random.nextInt(READERS)).reconnect();
    } else if (dice < 84) {
      log.mark(random.nextBoolean() ? Markers.started(++run, 4711) : Markers.ended(run, "exit 1"));
    } else if (dice < 87) {
      log.flush(log.stdout);
    } else if (dice < 90) {
      spoilDisk();
    } else if (dice < 94) {
      heal();
    } else if (dice < 96) {
      crash();
    } else if (dice < 98) {
      meddle();
    } else {
      log.later(random.nextLong(3 * SECOND));
    }
  }

  private void write() {
    LogStream stream = random.nextInt(4) == 0 ? LogStream.STDERR : LogStream.STDOUT;
    if (log.log.isBlocked()) {
      // Its service is not read.
      return;
    }
    byte[] chunk = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 20_000 : 300)];
    random.nextBytes(chunk);
    for (int i = 0; i < chunk.length; i++) {
      chunk[i] = random.nextInt(60) == 0 ? (byte) '\n' : chunk[i];
    }
    sent.get(stream).writeBytes(chunk);
    log.write(stream == LogStream.STDOUT ? log.stdout : log.stderr, chunk);
  }

  private void spoilDisk() {
    switch (random.nextInt(3)) {
      case 0 -> log.disk.refuse("Input/output error");
      case 1 -> log.disk.refuse("Read-only file system");
      default -> log.disk.room(random.nextInt(5000));
    }
  }

  void heal() {
    log.disk.refuse("");
    log.disk.room(Long.MAX_VALUE);
    log.later(20 * SECOND);
    log.later(20 * SECOND);
    log.log.lookAfter(log.micros);
    assertThat(log.log.isWaiting()).as("waits on a disk that is well").isFalse();
  }

  /// The daemon is killed, and with some luck the machine with it.
  private void crash() throws IOException {
    log.disk.refuse("");
    log.disk.room(Long.MAX_VALUE);
    byte[] current = log.disk.bytes(Fixture.CURRENT);
    if (current.length > 0 && random.nextBoolean()) {
      int kept = Math.max(0, current.length - random.nextInt(200));
      log.disk.put(Fixture.CURRENT, Arrays.copyOf(current, kept + random.nextInt(50)));
    }
    log.disk.crash();
    Fixture next = new Fixture(log.disk, limits, pressure, 300);
    next.micros = log.micros + SECOND;
    log = next;
    long nextSeq = log.store.segments().nextSeq();
    // What the crash took, or cut, is written anew with the same numbers.
    seen.tailMap(Math.max(0, nextSeq - 3)).clear();
    for (Reader reader : readers) {
      reader.afterCrash(nextSeq);
    }
    if (pressure == Pressure.BLOCK) {
      loseWhatWasNotWritten();
    }
  }

  /// Everything that was sent comes back, but for an end that was not on the disk.
  private void loseWhatWasNotWritten() throws IOException {
    Raw written = Raw.of(log.all());
    for (LogStream stream : LogStream.values()) {
      byte[] kept = written.get(stream).toByteArray();
      byte[] all = sent.get(stream).toByteArray();
      assertThat(Arrays.mismatch(kept, 0, kept.length, all, 0, Math.min(kept.length, all.length)))
          .as("first byte of %s that differs", stream)
          .isEqualTo(-1);
    }
    sent = written;
  }

  private void meddle() throws IOException {
    List<String> names = log.disk.list(Fixture.DIRECTORY);
    if (names.isEmpty()) {
      return;
    }
    Path path = Fixture.DIRECTORY.resolve(names.get(random.nextInt(names.size())));
    boolean index = path.toString().endsWith(".idx");
    if (index || (pressure == Pressure.DROP_OLDEST && !path.endsWith("lock"))) {
      log.disk.takeAway(path);
      log.log.lookAfter(log.micros);
    }
  }

  /// All readers read to the end, and what they saw was what was sent.
  void readersCatchUp() throws IOException {
    log.flush(log.stdout);
    log.flush(log.stderr);
    log.mark(Markers.ended(run, "exit 0"));
    for (Reader reader : readers) {
      reader.readAll();
    }
    if (pressure == Pressure.BLOCK) {
      Raw written = Raw.of(log.all());
      for (LogStream stream : LogStream.values()) {
        assertThat(written.get(stream).toByteArray()).isEqualTo(sent.get(stream).toByteArray());
      }
    }
  }

  /// What a service wrote, or as much of it as can be told from its log.
  private record Raw(ByteArrayOutputStream stdout, ByteArrayOutputStream stderr) {
    Raw() {
      this(new ByteArrayOutputStream(), new ByteArrayOutputStream());
    }

    static Raw of(List<LogRecord> records) {
      Raw raw = new Raw();
      for (LogRecord record : records) {
        if (record instanceof LogRecord.Line line) {
          raw.get(line.stream()).writeBytes(line.text());
          if (!line.partial()) {
            raw.get(line.stream()).write('\n');
          }
        }
      }
      return raw;
    }

    ByteArrayOutputStream get(LogStream stream) {
      return stream == LogStream.STDOUT ? stdout : stderr;
    }
  }

  /// One that follows, with its own pace.
  final class Reader {
    private LogCursor cursor;
    private long last;

    Reader() throws IOException {
      cursor = log.search().after(0, LogFilter.ALL, Long.MAX_VALUE);
    }

    void read() throws IOException {
      for (LogRecord record : cursor.next()) {
        check(record);
        last = record.seq();
      }
    }

    private void check(LogRecord record) {
      if (record instanceof LogRecord.Gap gap && gap.bytes() < 0 && gap.lines() >= 0) {
        assertThat(gap.seq() - gap.lines()).as("gap after %d", last).isBetween(last, last + 1);
        return;
      }
      // The header of the segment that a reader begins with is not shown.
      assertThat(record.seq()).as("number after %d", last).isBetween(last + 1, last + 2);
      String text = record.run() + Fixture.text(record);
      String before = seen.putIfAbsent(record.seq(), text);
      assertThat(text).as("entry %d", record.seq()).isEqualTo(before == null ? text : before);
    }

    void reconnect() throws IOException {
      cursor = log.search().after(last, LogFilter.ALL, Long.MAX_VALUE);
    }

    void afterCrash(long nextSeq) throws IOException {
      last = Math.min(last, Math.max(0, nextSeq - 4));
      reconnect();
    }

    void readAll() throws IOException {
      do {
        read();
      } while (!cursor.isWaiting());
    }

    void hasSeenTheEnd() {
      assertThat(last).isEqualTo(log.store.segments().nextSeq() - 1);
    }
  }
}

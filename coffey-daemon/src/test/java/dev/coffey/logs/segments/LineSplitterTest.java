package dev.coffey.logs.segments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSplitterTest {
  private final Block block = new Block();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void feed(LineSplitter splitter, byte[] bytes) {
    splitter.feed(Fixture.chunk(bytes), Fixture.T0, block);
  }

  private String written() {
    return new String(block.bytes, 0, block.length, StandardCharsets.UTF_8);
  }

  private List<LogRecord.Line> lines() {
    LineParser parser = new LineParser(Fixture.WEB, LogFilter.ALL, 1, 0);
    List<LogRecord.Line> lines = new ArrayList<>();
    int from = 0;
    for (int end = Newline.find(block.bytes, 0, block.length);
        end >= 0;
        end = Newline.find(block.bytes, from, block.length)) {
      lines.add((LogRecord.Line) parser.parse(block.bytes, from, end));
      from = end + 1;
    }
    return lines;
  }

  /// What the service wrote, as far as it can be told from the lines.
  private byte[] raw() {
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    for (LogRecord.Line line : lines()) {
      raw.writeBytes(line.text());
      if (!line.partial()) {
        raw.write('\n');
      }
    }
    return raw.toByteArray();
  }

  @Test
  void lineIsWrittenAsContainerRuntimesWriteIt() {
    LineSplitter splitter = new LineSplitter(LogStream.STDERR, 1024);

    feed(splitter, bytes("listening on 8080\n"));

    assertThat(written()).isEqualTo("2025-11-21T07:40:57.123456Z stderr F listening on 8080\n");
  }

  @Test
  void lineThatComesInPiecesIsOne() {
    LineSplitter splitter = new LineSplitter(LogStream.STDOUT, 1024);

    feed(splitter, bytes("one\ntw"));
    feed(splitter, bytes("o"));
    feed(splitter, bytes("\nthree\n"));

    assertThat(Fixture.texts(List.copyOf(lines()))).containsExactly("one", "two", "three");
    assertThat(block.lines).isEqualTo(3);
  }

  /// T85: not lost at the end.
  @Test
  void unterminatedLastLineIsKeptAndMarked() {
    LineSplitter splitter = new LineSplitter(LogStream.STDOUT, 1024);
    feed(splitter, bytes("one\nno end"));

    splitter.flush(Fixture.T0, block);

    assertThat(Fixture.texts(List.copyOf(lines()))).containsExactly("one", "no end…");
    assertThat(raw()).isEqualTo(bytes("one\nno end"));
  }

  @Test
  void longLineIsSplitAndMarked() {
    LineSplitter splitter = new LineSplitter(LogStream.STDOUT, 256);

    feed(splitter, bytes("x".repeat(600) + "\n"));

    assertThat(lines()).extracting(line -> line.text().length).containsExactly(256, 256, 88);
    assertThat(lines()).extracting(LogRecord.Line::partial).containsExactly(true, true, false);
  }

  @Test
  void lineOfExactlyTheLimitIsWhole() {
    LineSplitter splitter = new LineSplitter(LogStream.STDOUT, 256);

    feed(splitter, bytes("x".repeat(256)));
    feed(splitter, bytes("\n"));

    assertThat(lines()).hasSize(1);
    assertThat(lines().getFirst().partial()).isFalse();
  }

  @Test
  void splitDoesNotTearACharacter() {
    LineSplitter splitter = new LineSplitter(LogStream.STDOUT, 256);

    feed(splitter, bytes("x".repeat(255) + "ü".repeat(10) + "\n"));

    assertThat(new String(lines().getFirst().text(), StandardCharsets.UTF_8))
        .isEqualTo("x".repeat(255));
    assertThat(raw()).isEqualTo(bytes("x".repeat(255) + "ü".repeat(10) + "\n"));
  }

  /// T84: split and marked, memory flat.
  @Test
  void gibibyteWithoutALineEndNeedsNoMoreMemoryThanALine() {
    LineSplitter splitter = new LineSplitter(LogStream.STDOUT, 64 << 10);
    byte[] chunk = bytes("z".repeat(64 << 10));
    long pieces = 0;

    for (int i = 0; i < (1 << 30) / chunk.length; i++) {
      feed(splitter, chunk);
      pieces += block.lines;
      assertThat(splitter.carriedBytes()).isLessThanOrEqualTo(64 << 10);
      block.clear();
    }

    assertThat(pieces).isEqualTo((1 << 30) / chunk.length - 1);
  }

  /// T87, T100: bytes are bytes; what a terminal must not see is for its client to escape.
  @Test
  void zerosAndInvalidUtf8AreBytesLikeOthers() {
    LineSplitter splitter = new LineSplitter(LogStream.STDOUT, 1024);
    byte[] odd = {0, (byte) 0x88, (byte) 0xFF, 27, '[', 'x', ']', '\r', '\n', (byte) 0xC3, '\n'};

    feed(splitter, odd);

    assertThat(raw()).isEqualTo(odd);
  }

  @Test
  void lateLineNamesItsRun() {
    LineSplitter splitter = new LineSplitter(LogStream.STDOUT, 1024);

    splitter.late(6);
    feed(splitter, bytes("late\n"));

    assertThat(written()).endsWith("Z stdout F:run=6 late\n");
    assertThat(lines().getFirst().run()).isEqualTo(6);
    assertThat(lines().getFirst().text()).isEqualTo(bytes("late"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyByteComesBackWhateverTheChunks(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    LineSplitter splitter = new LineSplitter(LogStream.STDOUT, 256 + random.nextInt(200));
    ByteArrayOutputStream sent = new ByteArrayOutputStream();

    for (int i = 0; i < 400; i++) {
      byte[] chunk = new byte[random.nextInt(700)];
      random.nextBytes(chunk);
      for (int j = 0; j < chunk.length; j++) {
        chunk[j] = random.nextInt(40) == 0 ? (byte) '\n' : chunk[j];
      }
      sent.writeBytes(chunk);
      feed(splitter, chunk);
    }
    splitter.flush(Fixture.T0, block);

    assertThat(raw()).as("seed %d", seed).isEqualTo(sent.toByteArray());
  }
}

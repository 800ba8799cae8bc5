package dev.coffey.logs.segments;

import java.util.Arrays;

/// Turns what is read from one pipe into lines with their heads; holds the start of a line whose
/// end has not come yet, never more than one line's limit.
public final class LineSplitter {
  private static final int CARRY_FIRST_BYTES = 256;
  private static final int CARRY_KEPT_BYTES_MAX = 4096;
  private static final byte[] NOTHING = new byte[0];

  private final LogStream stream;
  private final int lineBytesMax;
  private final Stamp stamp = new Stamp();
  private byte[] head;
  private long lateRun;
  private byte[] carry = NOTHING;
  private int carried;

  public LineSplitter(LogStream stream, int lineBytesMax) {
    this.stream = stream;
    this.lineBytesMax = lineBytesMax;
    this.head = LineFormat.head(stream, 0);
  }

  /// Which of the two it is fed from.
  public LogStream stream() {
    return stream;
  }

  /// How many bytes wait for their line end.
  public int carriedBytes() {
    return carried;
  }

  /// From now on the lines are those of a run that is not the log's current one.
  public void late(long run) {
    if (run != lateRun) {
      lateRun = run;
      head = LineFormat.head(stream, run);
    }
  }

  /// Appends every whole line of `in` to the block and keeps the rest.
  public void feed(byte[] in, int length, long micros, Block block) {
    stamped(micros);
    int linesBefore = block.lines;
    int from = 0;
    int end = Newline.find(in, 0, length);
    if (end >= 0 && carried > 0) {
      keep(in, 0, end, block);
      put(carry, 0, carried, LineFormat.FULL, block);
      forget();
      from = end + 1;
      end = Newline.find(in, from, length);
    }
    while (end >= 0) {
      if (end - from <= lineBytesMax) {
        put(in, from, end - from, LineFormat.FULL, block);
      } else {
        keep(in, from, end, block);
        put(carry, 0, carried, LineFormat.FULL, block);
        forget();
      }
      from = end + 1;
      end = Newline.find(in, from, length);
    }
    keep(in, from, length, block);
    if (block.lines > linesBefore) {
      block.at(micros);
    }
  }

  /// Writes what waits for a line end as a partial line.
  public void flush(long micros, Block block) {
    if (carried > 0) {
      stamped(micros);
      put(carry, 0, carried, LineFormat.PARTIAL, block);
      block.at(micros);
      forget();
    }
  }

  private void stamped(long now) {
    stamp.set(now);
    stamp.copyTo(head, 0);
  }

  private void put(byte[] from, int start, int count, byte tag, Block block) {
    block.ensure(head.length + count + 1);
    byte[] to = block.bytes;
    int at = block.length;
    System.arraycopy(head, 0, to, at, head.length);
    to[at + LineFormat.TAG_AT] = tag;
    at += head.length;
    System.arraycopy(from, start, to, at, count);
    to[at + count] = '\n';
    block.length = at + count + 1;
    block.lines++;
  }

  /// Adds to what waits; writes a part whenever it is longer than a line may be.
  private void keep(byte[] in, int from, int to, Block block) {
    int at = from;
    while (carried + (to - at) > lineBytesMax) {
      at += grow(in, at, lineBytesMax + 1 - carried);
      int cut = cut();
      put(carry, 0, cut, LineFormat.PARTIAL, block);
      carried -= cut;
      System.arraycopy(carry, cut, carry, 0, carried);
    }
    grow(in, at, to - at);
  }

  private int grow(byte[] in, int from, int count) {
    if (carried + count > carry.length) {
      int wanted = Math.max(carried + count, Math.max(CARRY_FIRST_BYTES, carry.length * 2));
      carry = Arrays.copyOf(carry, Math.min(wanted, lineBytesMax + 1));
    }
    System.arraycopy(in, from, carry, carried, count);
    carried += count;
    return count;
  }

  /// Where to split: at the limit, or up to three bytes before it rather than inside a character.
  private int cut() {
    for (int cut = lineBytesMax; cut > lineBytesMax - 4; cut--) {
      if ((carry[cut] & 0xC0) != 0x80) {
        return cut;
      }
    }
    return lineBytesMax;
  }

  private void forget() {
    carried = 0;
    if (carry.length > CARRY_KEPT_BYTES_MAX) {
      carry = NOTHING;
    }
  }
}

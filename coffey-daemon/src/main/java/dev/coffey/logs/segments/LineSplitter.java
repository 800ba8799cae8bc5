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

  /// Appends every whole line that was read to the block and keeps the rest.
  public void feed(Chunk in, long micros, Block block) {
    stamped(micros);
    int linesBefore = block.lines;
    int line = 0;
    int from = 0;
    while (line < in.lines) {
      int next = putWhole(in, line, from, block);
      if (next == line) {
        keep(in.bytes, from, in.ends[line], block);
        put(carry, 0, carried, LineFormat.FULL, block);
        forget();
        next++;
      }
      line = next;
      from = in.ends[line - 1] + 1;
    }
    keep(in.bytes, from, in.length, block);
    if (block.lines > linesBefore) {
      block.at(micros);
    }
  }

  /// Appends lines that stand whole in the chunk and are not too long: the loop that a flood is
  /// spent in.
  ///
  /// @return the first line that is not of this kind
  private int putWhole(Chunk in, int first, int from, Block block) {
    if (carried > 0) {
      return first;
    }
    byte[] head = this.head;
    head[LineFormat.TAG_AT] = LineFormat.FULL;
    int headLength = head.length;
    block.ensure(in.length - from + (in.lines - first) * headLength);
    byte[] source = in.bytes;
    int[] ends = in.ends;
    byte[] target = block.bytes;
    int at = block.length;
    int start = from;
    int line = first;
    int lines = in.lines;
    int countMax = lineBytesMax + 1;
    while (line < lines) {
      int count = ends[line] + 1 - start;
      if (count > countMax) {
        break;
      }
      System.arraycopy(head, 0, target, at, headLength);
      System.arraycopy(source, start, target, at + headLength, count);
      at += headLength + count;
      start += count;
      line++;
    }
    block.length = at;
    block.lines += line - first;
    return line;
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

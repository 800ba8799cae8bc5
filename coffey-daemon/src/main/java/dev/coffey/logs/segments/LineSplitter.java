package dev.coffey.logs.segments;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Turns what is read from one pipe into lines with their heads; holds the start of a line whose
/// end has not come yet, never more than one line's limit.
public final class LineSplitter {
  private static final int CARRY_FIRST_BYTES = 256;
  private static final int CARRY_KEPT_BYTES_MAX = 4096;
  private static final byte[] NOTHING = new byte[0];
  private static final int LINES_AT_ONCE = 16;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

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
    head[LineFormat.TAG_AT] = LineFormat.FULL;
    block.ensure(in.length - from + (in.lines - first) * head.length);
    int line = first;
    int start = from;
    while (line < in.lines) {
      int end = Math.min(in.lines, line + LINES_AT_ONCE);
      int next = putSome(in, line, end, start, block);
      if (next < end) {
        return next;
      }
      line = next;
      start = in.ends[line - 1] + 1;
    }
    return line;
  }

  /// The same for a few lines, so that it is compiled after some kilobytes of a flood and not after
  /// megabytes. The head is written as five longs, of which the last two overlap: a call to copy it
  /// would take longer than the line itself.
  private int putSome(Chunk in, int first, int end, int from, Block block) {
    byte[] head = this.head;
    long head0 = (long) LONGS.get(head, 0);
    long head8 = (long) LONGS.get(head, 8);
    long head16 = (long) LONGS.get(head, 16);
    long head24 = (long) LONGS.get(head, 24);
    long headLast = (long) LONGS.get(head, LineFormat.HEAD_LENGTH - Long.BYTES);
    int lateBytes = head.length - LineFormat.HEAD_LENGTH;
    byte[] source = in.bytes;
    int[] ends = in.ends;
    byte[] target = block.bytes;
    int at = block.length;
    int start = from;
    int line = first;
    int countMax = lineBytesMax + 1;
    while (line < end) {
      int count = ends[line] + 1 - start;
      if (count > countMax) {
        break;
      }
      LONGS.set(target, at, head0);
      LONGS.set(target, at + 8, head8);
      LONGS.set(target, at + 16, head16);
      LONGS.set(target, at + 24, head24);
      LONGS.set(target, at + LineFormat.HEAD_LENGTH - Long.BYTES, headLast);
      at += LineFormat.HEAD_LENGTH;
      if (lateBytes > 0) {
        System.arraycopy(head, LineFormat.HEAD_LENGTH, target, at, lateBytes);
        at += lateBytes;
      }
      System.arraycopy(source, start, target, at, count);
      at += count;
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

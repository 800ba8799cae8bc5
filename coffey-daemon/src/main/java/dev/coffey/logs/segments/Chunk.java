package dev.coffey.logs.segments;

import dev.coffey.process.linux.ByteSearch;
import dev.coffey.process.linux.NativeBuffer;

/// What one read of a pipe gave, and where its lines end.
public final class Chunk {
  private static final byte LINE_END = '\n';

  /// Less is looked through where it is copied to: the first search outside the heap takes some
  /// milliseconds to prepare, which a daemon whose services say little never needs.
  private static final int SEARCHED_BYTES_MIN = 8 << 10;

  final byte[] bytes;
  final int[] ends;
  int length;
  int lines;

  /// One for reads of up to so many bytes.
  public Chunk(int bytesMax) {
    this.bytes = new byte[bytesMax];
    this.ends = new int[bytesMax];
  }

  /// Takes over what was read.
  public void fill(NativeBuffer from, int at, int count, ByteSearch search) {
    from.copyOut(at, bytes, 0, count);
    length = count;
    if (count >= SEARCHED_BYTES_MIN) {
      lines = search.find(LINE_END, from, at, count, ends);
    } else {
      findEnds();
    }
  }

  /// Looks for line ends in the copy.
  void findEnds() {
    lines = 0;
    for (int end = Newline.find(bytes, 0, length);
        end >= 0;
        end = Newline.find(bytes, end + 1, length)) {
      ends[lines++] = end;
    }
  }

  /// The first [#length] of it were read.
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }
}

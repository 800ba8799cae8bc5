package dev.coffey.logs.segments;

/// What the disk has not taken yet, oldest first, and the count of what had to be given up.
final class Backlog {
  private final Block block = new Block();
  private long lostLines;
  private long lostBytes;
  private long lostRun;

  boolean isEmpty() {
    return block.length == 0 && lostLines == 0;
  }

  int bytes() {
    return block.length;
  }

  Block block() {
    return block;
  }

  long lostLines() {
    return lostLines;
  }

  long lostBytes() {
    return lostBytes;
  }

  /// The current run after all that was lost; 0 when no run began in it.
  long lostRun() {
    return lostRun;
  }

  void add(Block more, int from) {
    block.append(more.bytes, from, more.length - from);
    noted(more);
  }

  /// Puts something before all the rest: the end of a line that is half on the disk.
  void prepend(Block more, int from) {
    int count = more.length - from;
    block.ensure(count);
    System.arraycopy(block.bytes, 0, block.bytes, count, block.length);
    System.arraycopy(more.bytes, from, block.bytes, 0, count);
    block.length += count;
    noted(more);
  }

  private void noted(Block more) {
    block.hasMarkers = true;
    block.microsMin = Math.min(block.microsMin, more.microsMin);
    block.microsMax = Math.max(block.microsMax, more.microsMax);
    recount();
  }

  /// The disk has taken so much from the front.
  void taken(int count) {
    System.arraycopy(block.bytes, count, block.bytes, 0, block.length - count);
    block.length -= count;
    if (block.length == 0) {
      block.clear();
    } else {
      recount();
    }
  }

  /// Gives up the oldest whole lines until no more than a limit is left.
  ///
  /// @param torn the first line is half on the disk, and so has to stay
  void trim(int bytesMax, boolean torn) {
    if (block.length <= bytesMax) {
      return;
    }
    int first = torn ? mendLength() : 0;
    int wanted = Math.max(first, block.length - bytesMax);
    int end = Newline.find(block.bytes, Math.max(first, wanted - 1), block.length) + 1;
    int lines = Newline.count(block.bytes, first, end);
    lostLines += lines;
    lostBytes += Math.max(0, end - first - (long) lines * LineFormat.HEAD_LENGTH);
    lostRun = RunWatch.after(block.bytes, first, end, lostRun);
    System.arraycopy(block.bytes, end, block.bytes, first, block.length - end);
    block.length -= end - first;
    recount();
  }

  /// How long the rest of the line is that is half on the disk.
  int mendLength() {
    return Newline.find(block.bytes, 0, block.length) + 1;
  }

  /// The loss has been written down.
  void lossTold() {
    lostLines = 0;
    lostBytes = 0;
    lostRun = 0;
  }

  private void recount() {
    block.lines = Newline.count(block.bytes, 0, block.length);
  }
}

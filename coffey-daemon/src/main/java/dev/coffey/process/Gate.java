package dev.coffey.process;

import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.NativeBuffer;
import dev.coffey.spec.ResourceSpec;

/// Lets a process go on that waits on its standard input, once it is bounded.
final class Gate {
  static final int NO_END = -1;

  private final Descriptors descriptors;
  private final Bounds bounds;

  Gate(Descriptors descriptors, Bounds bounds) {
    this.descriptors = descriptors;
    this.bounds = bounds;
  }

  /// Nothing is written when a bound is refused: closing the pipe then ends the process. It does
  /// not matter here whether it is still there to read, for its end is told by others.
  void open(int pid, ResourceSpec resources, int writeEnd) throws LaunchException {
    bounds.set(pid, resources);
    try (NativeBuffer line = NativeBuffer.own(1)) {
      line.putByte(0, (byte) '\n');
      long _ = descriptors.write(writeEnd, line, 0, 1);
    }
  }
}

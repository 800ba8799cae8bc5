package dev.coffey.process;

import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.NativeBuffer;
import dev.coffey.spec.ResourceSpec;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;

/// Lets a process go on that waits on its standard input, once it is in its group and bounded.
final class Gate {
  static final int NO_END = -1;

  private static final System.Logger LOG = System.getLogger("coffey.process");

  private final Descriptors descriptors;
  private final Optional<Cgroups> cgroups;
  private final Bounds bounds;

  Gate(Descriptors descriptors, Optional<Cgroups> cgroups, Bounds bounds) {
    this.descriptors = descriptors;
    this.cgroups = cgroups;
    this.bounds = bounds;
  }

  /// Nothing is written when a bound is refused: closing the pipe then ends the process. It does
  /// not matter here whether it is still there to read, for its end is told by others.
  void open(Child child, LaunchOrder order, int writeEnd) throws LaunchException {
    ResourceSpec resources = order.exec().resources();
    if (cgroups.isPresent()) {
      group(cgroups.get(), child, order);
    }
    bounds.set(child.pid(), resources);
    try (NativeBuffer line = NativeBuffer.own(1)) {
      line.putByte(0, (byte) '\n');
      long _ = descriptors.write(writeEnd, line, 0, 1);
    }
  }

  /// A group that was not asked for only makes ending easier: the launch goes on without it.
  private static void group(Cgroups cgroups, Child child, LaunchOrder order)
      throws LaunchException {
    try {
      join(cgroups, child, order);
    } catch (LaunchException refused) {
      if (!order.exec().resources().cgroup().equals(ResourceSpec.Cgroup.NONE)) {
        throw refused;
      }
      LOG.log(Level.DEBUG, "{0} runs without a control group", order.service());
    }
  }

  private static void join(Cgroups cgroups, Child child, LaunchOrder order) throws LaunchException {
    ResourceSpec.Cgroup wanted = order.exec().resources().cgroup();
    Cgroup group = cgroups.make(order.service(), order.run(), wanted);
    child.joins(group);
    try {
      group.join(child.pid());
    } catch (IOException refused) {
      child.staysOutside();
      boolean _ = group.removeEmpty();
      throw new LaunchException(
          "cgroup", "cannot join a control group: %s".formatted(refused.getMessage()));
    }
  }
}

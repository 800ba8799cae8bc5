package dev.coffey.supervisor;

import dev.coffey.lifecycle.RunId;
import dev.coffey.spec.ServiceSpec;
import java.util.List;
import java.util.OptionalInt;

/// The machine that services stand on, as faces may ask it.
public interface Ground {
  /// What of a service's configuration has no effect on this machine, and what ails its log; a
  /// sentence each.
  List<String> notices(ServiceSpec spec);

  /// What this machine has and lacks for supervision; looks afresh.
  List<Offer> offers();

  /// Writes to a run's standard input and, where all of it went in, perhaps ends that. How many
  /// bytes it took; empty when it has no input, or no more.
  OptionalInt write(RunId run, byte[] bytes, boolean end);

  /// Tells a run the size of the screen that its terminal is shown on; nothing without one.
  void resize(RunId run, int rows, int columns);

  /// One thing that a machine may have or lack.
  ///
  /// @param topic `process` or `cgroup`
  /// @param without what is done where it is missing
  record Offer(String topic, String name, boolean present, String without) {}
}

package dev.coffey.supervisor;

import static dev.coffey.supervisor.Violation.require;

import dev.coffey.fleet.Fleet;
import dev.coffey.fleet.FleetEvent;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How long a shutdown may take, and what may be left after it.
final class Ending {
  /// From the end of all grace: a launch under way, the wait for KILL, a loop that comes late.
  private static final Duration KILLING_MAX =
      SimulatedWorld.LAUNCH_MAX.plusSeconds(11).plus(SimulatedWorld.LATE_MAX.multipliedBy(3));

  private final SimulatedWorld world;
  private @Nullable Instant by;
  private int wishes;

  Ending(SimulatedWorld world) {
    this.world = world;
  }

  void hears(Fleet fleet, @Nullable FleetEvent event) {
    if (event instanceof FleetEvent.ShutdownWanted) {
      wishes++;
      Duration grace =
          wishes > 1 ? Duration.ZERO : fleet.plan().daemon().limits().shutdownTimeout();
      Instant bound = world.now().plus(grace).plus(KILLING_MAX);
      by = by == null || bound.isBefore(by) ? bound : by;
    }
  }

  void inTime(Fleet fleet) {
    require(
        by == null || fleet.over() || world.now().isBefore(by),
        "a shutdown ends in time",
        fleet.phase());
    require(wishes < 3 || fleet.over(), "a third signal leaves at once", fleet.phase());
  }

  void over() {
    require(
        wishes > 1 || world.emptyButForImmortals(),
        "nothing is left after a shutdown",
        world.living());
  }
}

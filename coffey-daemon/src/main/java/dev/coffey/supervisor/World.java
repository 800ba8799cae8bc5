package dev.coffey.supervisor;

import dev.coffey.fleet.FleetEvent;
import dev.coffey.fleet.Order;
import java.util.function.Consumer;

/// Where effects go. Performing one returns at once; what comes of it is posted as an event.
public interface World {
  /// Performs one order that a decision has given.
  void perform(Order order, Consumer<FleetEvent> answers);
}

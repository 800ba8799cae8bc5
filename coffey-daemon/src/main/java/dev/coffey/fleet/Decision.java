package dev.coffey.fleet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one event makes of the fleet.
///
/// @param reply the answer, where the event was a command
/// @param examined how many services had to be looked at, for those who count
public record Decision(
    Fleet fleet,
    List<Order> orders,
    List<Transition> transitions,
    @Nullable Reply reply,
    int examined) {
  public Decision {
    orders = List.copyOf(orders);
    transitions = List.copyOf(transitions);
  }
}

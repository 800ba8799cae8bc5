package dev.coffey.supervisor;

import dev.coffey.fleet.Transition;

/// Told what has happened, on the loop's thread; must not block.
public interface TransitionListener {
  /// A service has changed. The snapshot is public already when this is told.
  void happened(Transition transition, Snapshot after);

  /// The daemon itself has moved on, or has no grace left for anybody.
  default void phaseChanged(Snapshot after) {}

  /// Tells this one, then another, who hears of services alone.
  default TransitionListener and(TransitionListener other) {
    TransitionListener first = this;
    return new TransitionListener() {
      @Override
      public void happened(Transition transition, Snapshot after) {
        first.happened(transition, after);
        other.happened(transition, after);
      }

      @Override
      public void phaseChanged(Snapshot after) {
        first.phaseChanged(after);
      }
    };
  }
}

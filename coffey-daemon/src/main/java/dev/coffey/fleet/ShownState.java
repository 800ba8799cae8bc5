package dev.coffey.fleet;

import java.util.Locale;

/// A service's state as people and programs are told it.
public enum ShownState {
  /// Not wanted, or not yet.
  STOPPED,
  /// Wanted; blocked by a dependency or for want of a slot.
  WAITING,
  STARTING,
  RUNNING,
  /// Running, and taking in its configuration anew, as it has said itself.
  RELOADING,
  STOPPING,
  /// Ended unasked; tried again at a known moment.
  BACKOFF,
  COMPLETED,
  FAILED,
  /// Survived KILL.
  STOP_FAILED;

  /// As it is written: `stop-failed`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

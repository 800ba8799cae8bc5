package dev.coffey.fleet;

/// Where the daemon is in its life.
public enum Phase {
  /// Until everything that starts at boot is running, completed, failed or in back-off.
  STARTING,
  RUNNING,
  STOPPING,
  STOPPED
}

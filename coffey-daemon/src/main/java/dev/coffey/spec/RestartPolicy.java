package dev.coffey.spec;

/// Which ends are followed by a restart.
public enum RestartPolicy {
  ALWAYS,
  ON_FAILURE,
  NO
}

package dev.coffey.spec;

/// Who runs a service.
public sealed interface Backend {
  /// The daemon itself, as a process.
  record Own() implements Backend {}

  /// A unit of systemd.
  record Systemd(String unit, boolean user, boolean sudo) implements Backend {}

  /// A job of launchd.
  record Launchd(String label) implements Backend {}
}

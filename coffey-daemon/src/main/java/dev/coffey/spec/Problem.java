package dev.coffey.spec;

/// One thing wrong with the configuration, with the place and the way out.
///
/// @param code stable and explainable: `unknown-key`
/// @param place `file:line:col`, as far as known
/// @param path the key: `services.web.backoff.max`
/// @param message what is wrong, what is allowed, what was given
/// @param help the nearest known word or another way out; may be empty
/// @param excerpt the offending line and a caret below it; may be empty
public record Problem(
    Severity severity,
    String code,
    String place,
    String path,
    String message,
    String help,
    String excerpt) {
  /// Whether the plan can be used all the same.
  public enum Severity {
    ERROR,
    WARNING
  }
}

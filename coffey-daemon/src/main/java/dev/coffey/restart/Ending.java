package dev.coffey.restart;

/// How an end that nobody asked for counts.
public enum Ending {
  /// It did what it was for.
  SUCCESS,
  FAILURE,
  /// A failure that the operator has named as final.
  PERMANENT_FAILURE
}

package dev.coffey.access;

import java.util.Locale;

/// What a caller may do; each role may also do what those before it may.
public enum Role {
  /// See what there is.
  OBSERVER,
  /// Move services.
  OPERATOR,
  /// Move the daemon and change what is configured.
  ADMIN;

  /// Whether this role may do what that one may.
  public boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }

  /// As people and programs read it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

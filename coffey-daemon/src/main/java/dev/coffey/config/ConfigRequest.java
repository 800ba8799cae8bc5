package dev.coffey.config;

import java.util.List;

/// Which configuration is wanted, and how strictly it is taken.
///
/// @param configs files or directories; empty means the usual places
public record ConfigRequest(List<String> configs, Tolerance tolerance) {
  /// What a bad drop-in does.
  public enum Tolerance {
    /// It disables its own services; the rest can run.
    BOOT,
    /// It refuses the whole, as a bad main file always does.
    NONE
  }

  public ConfigRequest {
    configs = List.copyOf(configs);
  }

  /// The usual places, as at boot.
  public static ConfigRequest boot(List<String> configs) {
    return new ConfigRequest(configs, Tolerance.BOOT);
  }

  /// The same files, all or nothing, as for a reload and for `validate`.
  public static ConfigRequest strict(List<String> configs) {
    return new ConfigRequest(configs, Tolerance.NONE);
  }
}

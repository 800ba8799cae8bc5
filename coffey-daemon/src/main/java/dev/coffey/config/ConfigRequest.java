package dev.coffey.config;

import java.util.List;

/// Which configuration is wanted, and how strictly it is taken.
///
/// @param configs files or directories; empty means the usual places
/// @param settings `path=value`, set last, as by `--set`
/// @param disabled patterns of services that are left out, as by `--disable`
/// @param profiles the profiles that are on, as by `--profile`
public record ConfigRequest(
    List<String> configs,
    List<String> settings,
    List<String> disabled,
    List<String> profiles,
    Tolerance tolerance) {
  /// What a bad drop-in does.
  public enum Tolerance {
    /// It disables its own services; the rest can run.
    BOOT,
    /// It refuses the whole, as a bad main file always does.
    NONE
  }

  public ConfigRequest {
    configs = List.copyOf(configs);
    settings = List.copyOf(settings);
    disabled = List.copyOf(disabled);
    profiles = List.copyOf(profiles);
  }

  /// These files as at boot.
  public static ConfigRequest boot(List<String> configs) {
    return new ConfigRequest(configs, List.of(), List.of(), List.of(), Tolerance.BOOT);
  }

  /// These files, all or nothing, as for a reload and for `validate`.
  public static ConfigRequest strict(List<String> configs) {
    return boot(configs).strict();
  }

  /// The same, all or nothing: what a reload asks for.
  public ConfigRequest strict() {
    return new ConfigRequest(configs, settings, disabled, profiles, Tolerance.NONE);
  }
}

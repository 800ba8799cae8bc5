package dev.coffey.spec;

import java.util.List;

/// As whom a service runs; an empty text means the daemon's own.
///
/// @param capabilities what is kept, as names without `CAP_`; only looked at when
///   `dropCapabilities`
public record Credentials(
    String user,
    String group,
    List<String> groups,
    boolean noNewPrivileges,
    boolean dropCapabilities,
    List<String> capabilities) {
  /// As the daemon itself.
  public static final Credentials OWN = new Credentials("", "", List.of(), false, false, List.of());

  public Credentials {
    groups = List.copyOf(groups);
    capabilities = List.copyOf(capabilities);
  }
}

package dev.coffey.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/// What the reader must know of where it runs.
///
/// @param uid the user that reads; 0 is root
/// @param workingDirectory absolute
/// @param missing those of `setpriv` and `sh`, which launches may go through, that are not there
public record Host(
    int uid,
    Path workingDirectory,
    Map<String, String> environment,
    int processors,
    Set<String> missing) {
  public Host {
    environment = Map.copyOf(environment);
    missing = Set.copyOf(missing);
  }

  /// With every program that is needed.
  public Host(int uid, Path workingDirectory, Map<String, String> environment, int processors) {
    this(uid, workingDirectory, environment, processors, Set.of());
  }

  boolean isRoot() {
    return uid == 0;
  }

  /// A variable; empty when it is not set.
  String variable(String name) {
    return environment.getOrDefault(name, "");
  }
}

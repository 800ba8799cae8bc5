package dev.coffey.config;

import java.nio.file.Path;
import java.util.Map;

/// What the reader must know of where it runs.
///
/// @param uid the user that reads; 0 is root
/// @param workingDirectory absolute
public record Host(
    int uid, Path workingDirectory, Map<String, String> environment, int processors) {
  public Host {
    environment = Map.copyOf(environment);
  }

  boolean isRoot() {
    return uid == 0;
  }

  /// A variable; empty when it is not set.
  String variable(String name) {
    return environment.getOrDefault(name, "");
  }
}

package dev.coffey.process.linux;

import java.util.List;

/// What a new process shall be. It leads its own session and group, has default dispositions, an
/// empty mask, and no descriptors but those given.
///
/// @param path the file that is executed; a relative one counts from `directory`
/// @param environment as `NAME=value`
/// @param directory where it starts; empty for our own
/// @param descriptors what it has as 0, 1, 2 and on
public record SpawnRequest(
    String path,
    List<String> arguments,
    List<String> environment,
    String directory,
    List<Source> descriptors) {
  public SpawnRequest {
    arguments = List.copyOf(arguments);
    environment = List.copyOf(environment);
    descriptors = List.copyOf(descriptors);
  }

  /// Where a descriptor of the new process comes from.
  public sealed interface Source {
    /// A descriptor of ours.
    record Given(int fd) implements Source {}

    /// Opened by the new process itself, so that a terminal becomes its own.
    record Opened(String path, int flags) implements Source {}
  }
}

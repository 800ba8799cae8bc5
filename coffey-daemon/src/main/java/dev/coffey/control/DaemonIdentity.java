package dev.coffey.control;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Who this daemon is, for as long as it lives.
///
/// @param since when its process started, on the wall clock
/// @param bootId the machine's boot, as the kernel names it; may be empty
/// @param runtime `jvm` or `native`, with the version of that
public record DaemonIdentity(
    String version,
    int pid,
    Instant since,
    String hostname,
    String bootId,
    String runtime,
    Path socket,
    List<Path> configFiles) {
  public DaemonIdentity {
    configFiles = List.copyOf(configFiles);
  }
}

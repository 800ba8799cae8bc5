package dev.coffey.process;

import dev.coffey.lifecycle.RunId;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.ServiceName;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the launcher needs to make one process.
///
/// @param injected variables that win over all configured ones
public record LaunchOrder(
    RunId run,
    ServiceName service,
    ExecSpec exec,
    SortedMap<String, String> injected,
    StandardStreams streams) {
  public LaunchOrder {
    injected = Collections.unmodifiableSortedMap(new TreeMap<>(injected));
  }
}

package dev.coffey.process;

import dev.coffey.lifecycle.RunId;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.ServiceName;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the launcher needs to make one process.
///
/// @param injected variables that win over all configured ones
/// @param terminal the path of a terminal that stands for all three streams; empty for none
/// @param brief it soon ends, and may take of the descriptors that are kept for the daemon itself
public record LaunchOrder(
    RunId run,
    ServiceName service,
    ExecSpec exec,
    SortedMap<String, String> injected,
    StandardStreams streams,
    String terminal,
    List<PassedSocket> sockets,
    boolean brief) {
  public LaunchOrder {
    injected = Collections.unmodifiableSortedMap(new TreeMap<>(injected));
    sockets = List.copyOf(sockets);
  }

  /// For a service.
  public LaunchOrder(
      RunId run,
      ServiceName service,
      ExecSpec exec,
      SortedMap<String, String> injected,
      StandardStreams streams,
      String terminal,
      List<PassedSocket> sockets) {
    this(run, service, exec, injected, streams, terminal, sockets, false);
  }

  /// Without terminal and sockets.
  public LaunchOrder(
      RunId run,
      ServiceName service,
      ExecSpec exec,
      SortedMap<String, String> injected,
      StandardStreams streams) {
    this(run, service, exec, injected, streams, "", List.of());
  }
}

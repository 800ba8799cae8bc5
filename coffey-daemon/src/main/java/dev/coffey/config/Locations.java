package dev.coffey.config;

import java.nio.file.Path;

/// Where things are when nothing is said: below `/etc`, `/run` and `/var` for root, in the user's
/// own directories for everybody else.
record Locations(Path config, Path socket, Path pidFile, Path runtime, Path state, Path logs) {
  /// The places for the user that reads.
  public static Locations of(Host host) {
    if (host.isRoot()) {
      return new Locations(
          Path.of("/etc/coffey"),
          Path.of("/run/coffey.sock"),
          Path.of("/run/coffey.pid"),
          Path.of("/run/coffey"),
          Path.of("/var/lib/coffey"),
          Path.of("/var/log/coffey"));
    }
    Path temporary = Path.of("/tmp/coffey-" + host.uid());
    Path runtime = own(host, "XDG_RUNTIME_DIR", "", temporary);
    Path state = own(host, "XDG_STATE_HOME", ".local/state", temporary.resolve("state"));
    return new Locations(
        own(host, "XDG_CONFIG_HOME", ".config", temporary.resolve("config")),
        runtime.resolve("coffey.sock"),
        runtime.resolve("coffey.pid"),
        runtime,
        state,
        state.resolve("logs"));
  }

  private static Path own(Host host, String variable, String belowHome, Path otherwise) {
    String named = host.variable(variable);
    if (named.startsWith("/")) {
      return Path.of(named, "coffey");
    }
    String home = host.variable("HOME");
    return belowHome.isEmpty() || !home.startsWith("/")
        ? otherwise
        : Path.of(home, belowHome, "coffey");
  }
}

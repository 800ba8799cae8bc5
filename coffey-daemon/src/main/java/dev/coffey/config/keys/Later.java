package dev.coffey.config.keys;

import java.util.Set;

/// Keys that are known, but whose effect comes with a later version: refused rather than ignored.
///
/// `table.key` refuses the key, unless it says by a word what holds anyway; `table.key=word`
/// refuses one of its words. Switching one on is taking its line away.
public final class Later {
  /// What this version refuses.
  public static final Set<String> KEYS =
      Set.of(
          "coffey.access",
          "coffey.remote",
          "coffey.http",
          "coffey.history",
          "coffey.notify",
          "coffey.container",
          "service.secrets",
          "service.backend",
          "service.listen",
          "socket.on_demand",
          "service.watch",
          "service.hooks",
          "service.deploy",
          "service.notify",
          "service.survive_daemon",
          "check.type=grpc",
          "check.type=log",
          "check.type=notify",
          "check.type=fd");

  private Later() {}
}

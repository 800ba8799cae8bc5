package dev.coffey.config.keys;

import dev.coffey.config.keys.Shape.Fields;
import java.util.List;

/// The keys of a service that something else runs.
final class BackendKeys {
  /// A unit of systemd or launchd.
  static final Shape BACKEND =
      new Fields(
          KeyTable.of(
              "backend",
              List.of(
                  Key.of("systemd", Shape.FILLED, "a unit of systemd"),
                  Key.of("launchd", Shape.FILLED, "a label of launchd"),
                  Key.of("user", Shape.FLAG, "of the user's manager").or("false"),
                  Key.of("sudo", Shape.FLAG, "by sudo").or("false"))));

  private BackendKeys() {}
}

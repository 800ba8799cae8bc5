package dev.coffey.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What the daemon itself was started with, of which a service sees only what is named.
record Surroundings(Map<String, String> variables, Account account, boolean root) {
  Surroundings {
    variables = Map.copyOf(variables);
  }

  static Surroundings own() {
    Map<String, String> variables = System.getenv();
    return new Surroundings(
        variables,
        new Account(
            System.getProperty("user.name", ""),
            System.getProperty("user.home", "/"),
            variables.getOrDefault("SHELL", "/bin/sh")),
        uidIsZero());
  }

  private static boolean uidIsZero() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException unreadable) {
      return false;
    }
  }
}

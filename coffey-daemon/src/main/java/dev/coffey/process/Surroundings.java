package dev.coffey.process;

import java.util.Map;

/// What the daemon itself was started with, of which a service sees only what is named.
record Surroundings(Map<String, String> variables, Account account) {
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
            variables.getOrDefault("SHELL", "/bin/sh")));
  }

  boolean root() {
    return account.user().equals("root");
  }
}

package dev.coffey.spec;

import java.util.List;

/// What is executed: a binary and its arguments, exactly as the process shall see them.
public record Command(String binary, List<String> args) {
  public Command {
    if (binary.isEmpty()) {
      throw new IllegalArgumentException("binary must not be empty");
    }
    args = List.copyOf(args);
  }

  /// A command line for the shell.
  public static Command shell(String line) {
    return new Command("/bin/sh", List.of("-c", line));
  }
}

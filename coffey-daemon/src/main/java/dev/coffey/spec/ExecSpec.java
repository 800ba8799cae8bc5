package dev.coffey.spec;

/// All that a process sees of its configuration: a change here needs a restart.
public record ExecSpec(
    Command command,
    String directory,
    EnvSpec env,
    Credentials credentials,
    ResourceSpec resources,
    Stdin stdin,
    boolean tty) {
  /// What standard input is.
  public enum Stdin {
    /// `/dev/null`.
    NULL,
    /// A pipe that an operator may write to.
    PIPE
  }

  public ExecSpec {
    if (!directory.startsWith("/")) {
      throw new IllegalArgumentException(
          "directory must be an absolute path, not '%s'".formatted(directory));
    }
  }

  /// A command with everything else at its default.
  public static ExecSpec of(Command command) {
    return new ExecSpec(
        command, "/", EnvSpec.NONE, Credentials.OWN, ResourceSpec.INHERITED, Stdin.NULL, false);
  }
}

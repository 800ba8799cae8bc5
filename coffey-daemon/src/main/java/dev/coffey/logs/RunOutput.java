package dev.coffey.logs;

/// The descriptors that a new process gets as its standard output and error; [#NULL] stands for
/// `/dev/null`.
///
/// They belong to whoever launches, who closes them when the process has been made or could not be.
public record RunOutput(int stdout, int stderr) {
  /// What is written is lost.
  public static final int NULL = -1;
}

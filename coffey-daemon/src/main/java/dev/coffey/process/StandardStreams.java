package dev.coffey.process;

/// The descriptors that a process gets as its first three; [#NULL] stands for `/dev/null`.
///
/// They belong to the order: the room closes them when the process has been made, or could not be.
public record StandardStreams(int stdin, int stdout, int stderr) {
  /// Reads nothing, and what is written is lost.
  public static final int NULL = -1;

  /// Nothing but `/dev/null`.
  public static final StandardStreams NONE = new StandardStreams(NULL, NULL, NULL);

  int highest() {
    return Math.max(stdin, Math.max(stdout, stderr));
  }
}

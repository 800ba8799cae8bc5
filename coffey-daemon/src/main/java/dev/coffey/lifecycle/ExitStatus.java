package dev.coffey.lifecycle;

import java.util.Set;

/// How a process ended, as the kernel told it.
public sealed interface ExitStatus {
  /// It returned a code.
  record Exited(int code) implements ExitStatus {}

  /// A signal ended it.
  ///
  /// @param name without `SIG`: `KILL`
  record Signaled(int signal, String name, boolean coreDumped) implements ExitStatus {}

  /// The kernel killed it because its control group had no memory left.
  record OutOfMemory() implements ExitStatus {}

  /// It ended unseen: adopted, and the kernel would not say how.
  record Unseen() implements ExitStatus {}

  /// Whether one of these numbers or signal names means this end.
  default boolean isOneOf(Set<String> codes) {
    return switch (this) {
      case Exited(int code) -> codes.contains(Integer.toString(code));
      case Signaled(_, String name, _) -> codes.contains(name) || codes.contains("SIG" + name);
      case OutOfMemory() -> codes.contains("KILL") || codes.contains("SIGKILL");
      case Unseen() -> false;
    };
  }

  /// The end as people read it: `exit 1`, `signal KILL`.
  default String described() {
    return switch (this) {
      case Exited(int code) -> "exit " + code;
      case Signaled(_, String name, boolean dumped) ->
          "signal " + name + (dumped ? ", core dumped" : "");
      case OutOfMemory() -> "signal KILL, out of memory";
      case Unseen() -> "ended unseen";
    };
  }
}

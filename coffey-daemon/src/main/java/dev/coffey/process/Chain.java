package dev.coffey.process;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.LaunchFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The programs that a process is, one after the other, before it is the service: a gate, which
/// waits until we have bounded it, then `env`, then `setpriv`; only those that are needed.
///
/// @param path what is spawned
/// @param words its arguments, the service's own at the end
/// @param binary the service's own file
/// @param gated whether it waits for a line on its standard input
record Chain(Path path, List<String> words, boolean gated, List<Link> links, Path binary) {
  private static final String GATE_COMMAND = "coffey-gate";
  private static final int NO_GO = 99;
  private static final int CANNOT_EXEC = 126;
  private static final int NOT_FOUND = 127;

  Chain {
    words = List.copyOf(words);
    links = List.copyOf(links);
  }

  /// A program on the way.
  ///
  /// @param command what the kernel calls it
  /// @param head how its arguments begin, each with a zero byte behind it
  record Link(String command, String head) {}

  /// What a chain is to be made of.
  ///
  /// @param inputFrom the shell's words that give the service its standard input
  /// @param listening whether it is told that passed sockets are meant for it
  /// @param odd variables that a shell would drop or change
  record Needs(
      boolean gate,
      String umask,
      String inputFrom,
      boolean listening,
      List<String> odd,
      List<String> privileges) {}

  /// The service's own words go through what is needed.
  static Chain of(Needs needs, Path binary, List<String> own) throws LaunchException {
    List<String> words = new ArrayList<>();
    List<Link> links = new ArrayList<>();
    if (needs.gate()) {
      String script = script(needs);
      words.addAll(List.of("sh", "-c", script, "sh"));
      links.add(new Link("sh", head("sh", "-c", script)));
      links.add(new Link(GATE_COMMAND, head("sh", "-c", script)));
      if (!needs.odd().isEmpty()) {
        String env = needed(Helpers.env(), "env");
        words.add(env);
        words.addAll(needs.odd());
        links.add(new Link("env", head(env)));
      }
    }
    if (!needs.privileges().isEmpty()) {
      String setpriv = needed(Helpers.setpriv(), "setpriv");
      words.add(setpriv);
      words.addAll(needs.privileges());
      links.add(new Link("setpriv", head(setpriv, needs.privileges().getFirst())));
    }
    words.addAll(own);
    return new Chain(first(needs, binary), words, needs.gate(), links, binary);
  }

  private static Path first(Needs needs, Path binary) throws LaunchException {
    if (needs.gate()) {
      return Helpers.SHELL;
    }
    return needs.privileges().isEmpty() ? binary : Path.of(needed(Helpers.setpriv(), "setpriv"));
  }

  /// Whether the service's binary is executed by the spawn itself.
  boolean direct() {
    return links.isEmpty();
  }

  /// Whether a process with these arguments, as the kernel lists them, is still on the way.
  boolean onTheWay(byte[] arguments) {
    String text = new String(arguments, StandardCharsets.UTF_8);
    return links.stream().anyMatch(link -> text.startsWith(link.head()));
  }

  /// Whether a process that ended under this name had not become the service yet. Before its first
  /// words the gate has the shell's own name, but it cannot end there.
  boolean endedOnTheWay(String command) {
    return links.stream()
        .map(Link::command)
        .filter(name -> !name.equals("sh"))
        .anyMatch(command::equals);
  }

  /// Why a process that ended on the way did not become the service.
  LaunchFailure failure(String command, ExitStatus status) {
    if (status instanceof ExitStatus.Exited(int code)) {
      if (code == NOT_FOUND || code == CANNOT_EXEC) {
        String reason =
            code == NOT_FOUND
                ? "no such file or directory"
                : "permission denied, or not executable";
        return new LaunchFailure(
            "exec", "cannot exec '%s' from %s: %s".formatted(binary, command, reason), false);
      }
      if (command.equals("setpriv")) {
        return new LaunchFailure(
            "user",
            "cannot take on user, groups or capabilities: setpriv ended with %s; its words are in the log"
                .formatted(status.described()),
            false);
      }
      if (code == NO_GO) {
        return new LaunchFailure("limits", "cannot launch: the daemon let go of it", true);
      }
    }
    return new LaunchFailure(
        "exec",
        "cannot exec '%s': %s ended before it with %s"
            .formatted(binary, command, status.described()),
        false);
  }

  /// It names itself, so that its end can be told from that of a service that is a shell.
  private static String script(Needs needs) {
    StringBuilder script = new StringBuilder();
    script.append("echo ").append(GATE_COMMAND).append(" 2>/dev/null >/proc/self/comm; ");
    if (!needs.umask().isEmpty()) {
      script.append("umask ").append(needs.umask()).append("; ");
    }
    script.append("read -r coffey_gate || exit ").append(NO_GO).append("; ");
    script.append("unset coffey_gate PWD OLDPWD SHLVL; ");
    if (needs.listening()) {
      script.append("LISTEN_PID=$$; export LISTEN_PID; ");
    }
    return script.append("exec \"$@\" ").append(needs.inputFrom()).toString();
  }

  private static String head(String... words) {
    return String.join("\0", Arrays.asList(words)) + "\0";
  }

  private static String needed(Optional<Path> helper, String name) throws LaunchException {
    return helper
        .orElseThrow(() ->
            new LaunchException(
                "user", "cannot launch: program '%s' of util-linux is missing".formatted(name)))
        .toString();
  }
}

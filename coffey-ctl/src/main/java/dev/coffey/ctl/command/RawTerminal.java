package dev.coffey.ctl.command;

import dev.coffey.v1.TerminalSize;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The caller's terminal while every key goes to a service; given back as it was.
final class RawTerminal implements AutoCloseable {
  private final String saved;
  private final Thread restorer;

  private RawTerminal(String saved) {
    this.saved = saved;
    this.restorer = new Thread(this::restore);
    Runtime.getRuntime().addShutdownHook(restorer);
  }

  /// Takes the standard input where it is a terminal; empty where it is none.
  static Optional<RawTerminal> take() {
    if (!isTerminal()) {
      return Optional.empty();
    }
    Optional<String> saved = stty("-g").filter(settings -> !settings.isEmpty());
    saved.ifPresent(_ -> stty("raw", "-echo"));
    return saved.map(RawTerminal::new);
  }

  static Optional<TerminalSize> size() {
    return stty("size")
        .map(answer -> answer.split(" ", -1))
        .filter(parts -> parts.length == 2 && parts[0].matches("[1-9]\\d{0,3}"))
        .filter(parts -> parts[1].matches("[1-9]\\d{0,3}"))
        .map(parts ->
            TerminalSize.newBuilder()
                .setRows(Integer.parseInt(parts[0]))
                .setColumns(Integer.parseInt(parts[1]))
                .build());
  }

  @Override
  public void close() {
    restore();
    Runtime.getRuntime().removeShutdownHook(restorer);
  }

  private void restore() {
    stty(saved);
  }

  private static boolean isTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
  }

  private static Optional<String> stty(String... arguments) {
    List<String> command = new ArrayList<>(List.of("stty"));
    command.addAll(List.of(arguments));
    try {
      Process stty =
          new ProcessBuilder(command)
              .redirectInput(Redirect.from(new File("/dev/tty")))
              .redirectError(Redirect.DISCARD)
              .start();
      byte[] answer = stty.getInputStream().readAllBytes();
      return Optional.of(new String(answer, StandardCharsets.US_ASCII).strip());
    } catch (IOException missing) {
      return Optional.empty();
    }
  }
}

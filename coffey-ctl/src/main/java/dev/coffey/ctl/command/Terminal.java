package dev.coffey.ctl.command;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What is known about the terminal without native code.
public final class Terminal {
  private static final int COLUMNS_STANDARD = 80;

  private Terminal() {}

  /// Whether the process' standard output is one; no where there is no /proc. The JDK tells it of
  /// input and output together only, and loads a line editor for it.
  public static boolean isStandardOutput() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /// The launcher or the shell may have said it; else `stty` knows.
  static int columns(Map<String, String> environment) {
    String said = environment.getOrDefault("COLUMNS", "");
    return said.matches("[1-9]\\d{0,4}") ? Integer.parseInt(said) : askStty();
  }

  private static int askStty() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(Redirect.from(new File("/dev/tty")))
              .redirectError(Redirect.DISCARD)
              .start();
      String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      String[] rowsAndColumns = answer.strip().split(" ", -1);
      return rowsAndColumns.length == 2 && rowsAndColumns[1].matches("[1-9]\\d{0,4}")
          ? Integer.parseInt(rowsAndColumns[1])
          : COLUMNS_STANDARD;
    } catch (IOException e) {
      return COLUMNS_STANDARD;
    }
  }
}

package dev.coffey.ctl;

import dev.coffey.ctl.command.CommandLines;
import dev.coffey.ctl.command.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Calls the command line as somebody at an 80 column terminal without colour, and keeps what came
/// out.
final class Shell {
  static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private byte[] in = {};
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Shell(Path socket) {
    environment.put("COFFEY_SOCKET", socket.toString());
    environment.put("COLUMNS", "80");
    environment.put("NO_COLOR", "1");
  }

  static Shell at(Path socket) {
    return new Shell(socket);
  }

  Shell with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /// What the next commands find on their standard input.
  Shell typing(String text) {
    in = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  int run(String... arguments) {
    out.reset();
    err.reset();
    try (PrintStream o = new PrintStream(out, false, StandardCharsets.UTF_8);
        PrintStream e = new PrintStream(err, false, StandardCharsets.UTF_8)) {
      return CommandLines.run(
          "coffeyctl",
          arguments,
          new Surroundings(
              Map.copyOf(environment),
              new ByteArrayInputStream(in),
              o,
              e,
              true,
              InstantSource.fixed(NOW),
              null));
    }
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}

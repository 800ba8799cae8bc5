package dev.coffey.ctl.command;

import dev.coffey.ctl.client.Answers;
import dev.coffey.ctl.client.ControlSocket;
import dev.coffey.ctl.client.Daemon;
import dev.coffey.ctl.client.Trace;
import dev.coffey.ctl.output.Screen;
import dev.coffey.v1.TailLogsRequest;
import dev.coffey.v1.TailLogsResponse;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One run of one command: what was asked for, where to print, and the daemon once it is needed.
final class Session implements AutoCloseable {
  private static final int CALLS = 2;
  private static final int MESSAGES = 3;

  private final GlobalOptions options;
  private final Surroundings surroundings;
  private final Screen screen;
  private @Nullable Daemon daemon;

  Session(GlobalOptions options, Surroundings surroundings, Screen screen) {
    this.options = options;
    this.surroundings = surroundings;
    this.screen = screen;
  }

  Screen screen() {
    return screen;
  }

  Instant now() {
    return surroundings.clock().instant();
  }

  InputStream input() {
    return surroundings.in();
  }

  boolean isVerbose(int level) {
    return options.verbosity() >= level;
  }

  ControlSocket socket() {
    return options.controlSocket(surroundings.environment());
  }

  /// Reads logs from their files.
  Answers<TailLogsResponse> logFiles(TailLogsRequest request, String directory) {
    LogFiles files = surroundings.logFiles();
    if (files == null) {
      throw VerbFailed.usage(
          "cannot read files: only coffeyd does, on the machine where they are: coffeyd logs"
              + " --local");
    }
    return Daemon.local(() -> files.read(request, directory), socket());
  }

  Daemon daemon() {
    Daemon open = daemon;
    if (open == null) {
      ControlSocket socket = socket();
      if (isVerbose(CALLS)) {
        screen.note("socket: %s, from %s".formatted(socket.path(), socket.origin()));
      }
      Optional<Trace> trace =
          isVerbose(CALLS)
              ? Optional.of(new Trace(screen::note, isVerbose(MESSAGES)))
              : Optional.empty();
      open = Daemon.at(socket, trace);
      daemon = open;
    }
    return open;
  }

  /// Lets go of a connection that has broken; the next use makes another.
  void disconnect() {
    Daemon open = daemon;
    daemon = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    disconnect();
    screen.flush();
  }
}

package dev.coffey.ctl.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the daemon listens, and who said so.
public record ControlSocket(Path path, String origin) {
  /// Names the socket for every command.
  public static final String VARIABLE = "COFFEY_SOCKET";

  private static final Path OF_ROOT = Path.of("/run/coffey.sock");
  private static final String STANDARD = "the standard place";

  /// The option goes before the environment, and that before the standard place.
  public static ControlSocket find(@Nullable String option, Map<String, String> environment) {
    if (option != null) {
      return new ControlSocket(Path.of(option), "--socket");
    }
    String named = environment.getOrDefault(VARIABLE, "");
    if (!named.isEmpty()) {
      return new ControlSocket(Path.of(named), VARIABLE);
    }
    return new ControlSocket(standard(environment, uid()), STANDARD);
  }

  boolean isStandard() {
    return origin.equals(STANDARD);
  }

  /// The socket of a daemon that was told nothing else: the system's for root, the user's own for
  /// others.
  public static Path standard(Map<String, String> environment, long uid) {
    if (uid == 0) {
      return OF_ROOT;
    }
    String runtimeDir = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    return runtimeDir.isEmpty()
        ? Path.of("/tmp/coffey-" + uid, "coffey.sock")
        : Path.of(runtimeDir, "coffey", "coffey.sock");
  }

  /// The user this process acts for.
  public static long uid() {
    Path ours = Path.of("/proc/self");
    try {
      return owner(Files.exists(ours) ? ours : Path.of(System.getProperty("user.home")));
    } catch (IOException e) {
      throw new IllegalStateException("cannot tell which user this is: " + e.getMessage(), e);
    }
  }

  static long owner(Path path) throws IOException {
    return ((Integer) Files.getAttribute(path, "unix:uid")).longValue() & 0xffff_ffffL;
  }
}

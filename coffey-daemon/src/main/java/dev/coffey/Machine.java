package dev.coffey;

import dev.coffey.config.Host;
import dev.coffey.process.Features;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Looks at the machine and the user that this daemon runs as.
final class Machine {
  private Machine() {}

  static Host host() {
    return new Host(
        uid(),
        Path.of("").toAbsolutePath(),
        System.getenv(),
        Runtime.getRuntime().availableProcessors(),
        Features.missingPrograms());
  }

  private static int uid() {
    try {
      return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      System.getLogger("coffey")
          .log(System.Logger.Level.WARNING, "cannot read /proc/self: {0}", e.getMessage());
      return 0;
    }
  }
}

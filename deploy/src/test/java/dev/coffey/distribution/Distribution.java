package dev.coffey.distribution;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// An assembled tree: the one that was built, or a copy of it elsewhere.
record Distribution(Path home) {
  static Distribution built() {
    return new Distribution(Path.of(System.getProperty("coffey.distribution")).normalize());
  }

  Path coffeyd() {
    return home.resolve("bin/coffeyd");
  }

  Path coffeyctl() {
    return home.resolve("bin/coffeyctl");
  }

  Distribution copy(Path to, String... flags) throws IOException, InterruptedException {
    String[] command = new String[flags.length + 3];
    command[0] = "cp";
    System.arraycopy(flags, 0, command, 1, flags.length);
    command[flags.length + 1] = home.toString();
    command[flags.length + 2] = to.toString();
    Ran cp = Ran.in(Path.of("/"), command);
    if (cp.exit() != 0) {
      throw new AssertionError(cp.err());
    }
    return new Distribution(to);
  }

  /// The client with no socket named: pass `--socket`, or use [PackagedDaemon#ctl].
  Ran ctl(String... arguments) throws IOException, InterruptedException {
    return run(coffeyctl(), Map.of(), arguments);
  }

  static Ran run(Path program, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = program.toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return Ran.in(Path.of("/tmp"), environment, command);
  }
}

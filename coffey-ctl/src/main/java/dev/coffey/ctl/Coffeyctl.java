package dev.coffey.ctl;

import dev.coffey.ctl.command.CommandLines;
import dev.coffey.ctl.command.LogFiles;
import dev.coffey.ctl.command.Surroundings;
import dev.coffey.ctl.command.Terminal;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The command line, as a program and for a program that offers the same verbs.
public final class Coffeyctl {
  /// The launcher says under which name it was called.
  private static final String PROGRAM = "coffey.program";

  private Coffeyctl() {}

  public static void main(String[] arguments) {
    String program = System.getProperty(PROGRAM, "coffeyctl");
    int code = run(program, arguments, utf8(FileDescriptor.out), utf8(FileDescriptor.err));
    // To exit would search all jars for somebody who logs it, which takes longer than most
    // commands.
    Runtime.getRuntime().halt(code);
  }

  /// Runs one command to its end and returns its exit code. Help and examples call the program by
  /// the given name; `out` is taken for the standard output when asking whether it is a terminal.
  public static int run(String programName, String[] arguments, PrintStream out, PrintStream err) {
    return run(programName, arguments, new Streams(out, err), null);
  }

  /// Where a command prints.
  public record Streams(PrintStream out, PrintStream err) {}

  /// The same for a program that can read the files of logs without a daemon.
  public static int run(
      String programName, String[] arguments, Streams streams, @Nullable LogFiles logFiles) {
    PrintStream out = streams.out();
    PrintStream err = streams.err();
    Surroundings surroundings =
        new Surroundings(
            System.getenv(),
            System.in,
            out,
            err,
            Terminal.isStandardOutput(),
            InstantSource.system(),
            logFiles);
    try {
      return CommandLines.run(programName, arguments, surroundings);
    } finally {
      out.flush();
      err.flush();
    }
  }

  /// The first arguments that are for this command line, for a program that has others too.
  public static List<String> verbs() {
    return CommandLines.verbs();
  }

  /// Whatever the locale says: names and log lines are UTF-8.
  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), 8192),
        false,
        StandardCharsets.UTF_8);
  }
}

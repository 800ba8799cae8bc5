package dev.coffey.ctl.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// A verb about configuration files. They are read by the daemon's program, which needs no daemon
/// that runs; the launchers start it at once, and here it is started where they did not, as behind
/// an option.
final class LocalVerb implements Verb {
  private static final String HOME = "coffey.home";
  private static final String PROGRAM = "coffeyd";

  private final String name;
  private final LocalSpecs.Shape shape;

  LocalVerb(String name, LocalSpecs.Shape shape) {
    this.name = name;
    this.shape = shape;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public CommandSpec spec() {
    return shape.spec(name);
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    List<String> command = new ArrayList<>();
    command.add(program().toString());
    command.add(name);
    List<String> given = arguments.originalArgs();
    command.addAll(given.subList(given.indexOf(name) + 1, given.size()));
    if (session.screen().isJson()) {
      command.add(1 + command.indexOf(name), "--json");
    }
    session.screen().flush();
    return run(command);
  }

  private Path program() {
    String home = System.getProperty(HOME, "");
    Path program = home.isEmpty() ? besideThis() : Path.of(home, "bin", PROGRAM).toAbsolutePath();
    if (!Files.isExecutable(program)) {
      throw VerbFailed.failed(
          "cannot run '%s': it is a verb of coffeyd, which is not beside this client"
              .formatted(name));
    }
    return program;
  }

  /// Where this is an executable of its own; beside a Java there is none.
  private static Path besideThis() {
    return ProcessHandle.current()
        .info()
        .command()
        .map(own -> Path.of(own).resolveSibling(PROGRAM))
        .orElse(Path.of(PROGRAM));
  }

  private static int run(List<String> command) {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw VerbFailed.failed("cannot run '%s': %s".formatted(command.getFirst(), e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED.number();
    }
  }
}

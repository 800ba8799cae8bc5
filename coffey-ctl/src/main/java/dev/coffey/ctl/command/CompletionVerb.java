package dev.coffey.ctl.command;

import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Prints the script with which a shell completes commands and options.
final class CompletionVerb implements Verb {
  @Override
  public String name() {
    return "completion";
  }

  @Override
  public CommandSpec spec() {
    return Specs.verb(
        name(),
        new Specs.Page(
            "Print the completion script for bash and zsh.",
            List.of("One script serves both shells. Source it, or save it where they look."),
            List.of(
                "completion > /etc/bash_completion.d/{program}",
                "completion > ~/.local/share/bash-completion/completions/{program}")));
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    String program = session.screen().program();
    session.screen().line(AutoComplete.bash(program, CommandLines.buildAll(program)));
    return ExitCode.DONE.number();
  }
}

package dev.coffey.ctl.command;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Shows the help of everything, or of one verb, for those who look for it as a verb.
final class HelpVerb implements Verb {
  @Override
  public String name() {
    return "help";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.verb(
            name(),
            new Specs.Page(
                "Show all commands, or all about one of them.",
                List.of("The same as --help."),
                List.of("help", "help logs")));
    spec.addPositional(Specs.many("0..*", "COMMAND", "Its name."));
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    CommandLine shown = CommandLines.buildAll(session.screen().program());
    for (String name : arguments.matchedPositionalValue(0, List.<String>of())) {
      shown = shown.getSubcommands().get(name);
      if (shown == null) {
        throw VerbFailed.usage("cannot help: no such command: '%s'".formatted(name));
      }
    }
    session.screen().line(shown.getUsageMessage(CommandLine.Help.Ansi.OFF).stripTrailing());
    return ExitCode.DONE.number();
  }
}

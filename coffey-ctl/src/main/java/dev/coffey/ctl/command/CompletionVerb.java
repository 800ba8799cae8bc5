package dev.coffey.ctl.command;

import dev.coffey.v1.ListServicesResponse;
import dev.coffey.v1.Service;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Prints the script with which a shell completes commands, options and names, and the names
/// themselves, for which the script asks.
final class CompletionVerb implements Verb {
  private static final String NAMES = "--names";
  private static final String SHELL = "SHELL";

  @Override
  public String name() {
    return "completion";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.verb(
            name(),
            new Specs.Page(
                "Print the completion script for bash, zsh or fish.",
                List.of(
                    "One script serves bash and zsh. Source it, or save it where they look. It",
                    "completes services too: it asks the daemon, and is silent where there is none."),
                List.of(
                    "completion > /etc/bash_completion.d/{program}",
                    "completion > ~/.local/share/bash-completion/completions/{program}",
                    "completion fish > ~/.config/fish/completions/{program}.fish")));
    spec.addPositional(Specs.optional("0", SHELL, "bash, zsh or fish; bash when left out."));
    spec.addOption(
        Specs.flag("Print the names of all services, templates and groups instead.", NAMES));
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    if (arguments.hasMatchedOption(NAMES)) {
      names(session.daemon().names()).forEach(session.screen()::line);
      return ExitCode.DONE.number();
    }
    String program = session.screen().program();
    String shell = arguments.matchedPositionalValue(0, "bash");
    session
        .screen()
        .line(
            switch (shell) {
              case "bash", "zsh" -> BashCompletion.script(program);
              case "fish" -> FishCompletion.script(program);
              default ->
                  throw VerbFailed.usage(
                      "cannot complete in '%s': only in bash, zsh and fish".formatted(shell));
            });
    return ExitCode.DONE.number();
  }

  /// All that may stand for a service: each instance also by the name it shares with others.
  private static Collection<String> names(ListServicesResponse all) {
    TreeSet<String> names = new TreeSet<>(all.getGroupsList());
    for (Service service : all.getServicesList()) {
      names.add(service.getName());
      int at = service.getName().indexOf('@');
      if (at > 0) {
        names.add(service.getName().substring(0, at));
      }
    }
    return names;
  }

  /// Whether a verb takes the names of services.
  static boolean takesServices(CommandSpec verb) {
    return verb.positionalParameters().stream()
        .anyMatch(positional -> positional.paramLabel().equals(Selection.SERVICE));
  }
}

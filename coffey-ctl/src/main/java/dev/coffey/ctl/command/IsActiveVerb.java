package dev.coffey.ctl.command;

import dev.coffey.v1.Service;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Answers scripts whether services are running.
final class IsActiveVerb implements Verb {
  @Override
  public String name() {
    return "is-active";
  }

  @Override
  public CommandSpec spec() {
    return StateQuestion.spec(
        name(),
        new Specs.Page(
            "Exit with 0 if all of these services are running, else with 3.",
            List.of("Prints the state of each unless --quiet."),
            List.of("is-active api", "is-active api db -q && echo up")));
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    List<Service> services = StateQuestion.ask(arguments, session);
    return services.stream().allMatch(StatusVerb::isRunning)
        ? ExitCode.DONE.number()
        : ExitCode.NOT_RUNNING.number();
  }
}

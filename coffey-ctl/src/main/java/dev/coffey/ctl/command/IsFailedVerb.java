package dev.coffey.ctl.command;

import dev.coffey.v1.Service;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Answers scripts whether any of some services has failed for good.
final class IsFailedVerb implements Verb {
  @Override
  public String name() {
    return "is-failed";
  }

  @Override
  public CommandSpec spec() {
    return StateQuestion.spec(
        name(),
        new Specs.Page(
            "Exit with 0 if any of these services has failed, else with 1.",
            List.of("Prints the state of each unless --quiet."),
            List.of("is-failed api", "is-failed --all -q && send-alarm")));
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    List<Service> services = StateQuestion.ask(arguments, session);
    return services.stream().anyMatch(IsFailedVerb::hasFailed)
        ? ExitCode.DONE.number()
        : ExitCode.FAILED.number();
  }

  private static boolean hasFailed(Service service) {
    return switch (service.getState()) {
      case SERVICE_STATE_FAILED, SERVICE_STATE_STOP_FAILED, SERVICE_STATE_INVALID -> true;
      default -> false;
    };
  }
}

package dev.coffey.ctl.command;

import dev.coffey.ctl.output.PlanText;
import dev.coffey.v1.PlanResponse;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Tells what a reload would do now, and does nothing.
final class PlanVerb implements Verb {
  @Override
  public String name() {
    return "plan";
  }

  @Override
  public CommandSpec spec() {
    return Specs.verb(
        name(),
        new Specs.Page(
            "Show what a reload would do now, without doing it.",
            List.of(
                "Which services are new, gone or changed, in which keys, whether that takes a",
                "restart, and who else restarts because of it. Exits with 8 where the",
                "configuration has errors."),
            List.of("plan", "plan -j")));
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    PlanResponse plan = session.daemon().plan();
    if (session.screen().isJson()) {
      session.screen().document(PlanText.json(plan));
    } else {
      PlanText.lines(plan, session.screen().palette()).forEach(session.screen()::line);
      plan.getWarningsList().forEach(warning -> session.screen().note(Complaints.line(warning)));
    }
    return ExitCode.DONE.number();
  }
}

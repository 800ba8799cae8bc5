package dev.coffey.ctl.command;

import dev.coffey.ctl.output.CausesText;
import dev.coffey.v1.ExplainServiceResponse;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Explains why a service is where it is.
final class WhyVerb implements Verb {
  @Override
  public String name() {
    return "why";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.verb(
            name(),
            new Specs.Page(
                "Explain why a service is where it is, back to the first cause.",
                List.of(),
                List.of("why api", "why api -j")));
    spec.addPositional(Specs.one("0", "SERVICE", "Its name."));
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    ExplainServiceResponse why = session.daemon().explain(arguments.matchedPositionalValue(0, ""));
    if (session.screen().isJson()) {
      session.screen().document(CausesText.json(why));
    } else {
      CausesText.print(session.screen(), why, session.now());
    }
    return ExitCode.DONE.number();
  }
}

package dev.coffey.ctl.command;

import dev.coffey.ctl.output.CausesText;
import dev.coffey.v1.ExplainServiceResponse;
import dev.coffey.v1.GetServiceRequest;
import dev.coffey.v1.GetServiceResponse;
import dev.coffey.v1.ListServicesRequest;
import dev.coffey.v1.Service;
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
    spec.addPositional(Specs.one("0", Selection.SERVICE, "Its name."));
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    String name = arguments.matchedPositionalValue(0, "");
    GetServiceResponse asked =
        session.daemon().get(GetServiceRequest.newBuilder().setName(name).build());
    List<Service> all =
        session.daemon().list(ListServicesRequest.getDefaultInstance()).getServicesList();
    ExplainServiceResponse why = Causes.of(asked.getService(), all, session.screen().program());
    if (session.screen().isJson()) {
      session.screen().document(CausesText.json(why));
    } else {
      CausesText.print(session.screen(), why, session.now());
    }
    return ExitCode.DONE.number();
  }
}

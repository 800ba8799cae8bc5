package dev.coffey.ctl.command;

import dev.coffey.ctl.output.JsonObject;
import dev.coffey.ctl.output.ServiceJson;
import dev.coffey.ctl.output.Words;
import dev.coffey.v1.ListServicesRequest;
import dev.coffey.v1.Service;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// What the verbs share that answer by their exit code.
final class StateQuestion {
  private static final String QUIET = "--quiet";

  private StateQuestion() {}

  static CommandSpec spec(String name, Specs.Page page) {
    CommandSpec spec = Specs.verb(name, page);
    Selection.addTo(spec, "0..*");
    spec.addOption(Specs.flag("Print nothing.", "-q", QUIET));
    return spec;
  }

  /// Prints the state of each service, one a line as they are, and returns them.
  static List<Service> ask(ParseResult arguments, Session session) {
    ListServicesRequest request =
        ListServicesRequest.newBuilder().setSelector(Selection.readSome(arguments)).build();
    List<Service> services = session.daemon().list(request).getServicesList();
    if (!arguments.hasMatchedOption(QUIET)) {
      print(session, services);
    }
    return services;
  }

  private static void print(Session session, List<Service> services) {
    if (session.screen().isJson()) {
      session.screen().document(new JsonObject().put("services", services, ServiceJson::of));
    } else if (services.size() == 1) {
      session.screen().line(Words.of(services.getFirst().getState()));
    } else {
      services.forEach(s -> session.screen().line(s.getName() + ": " + Words.of(s.getState())));
    }
  }
}

package dev.coffey.ctl.command;

import dev.coffey.v1.RestartServicesRequest;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Gives services a new run and waits until it is ready.
final class RestartVerb implements Verb {
  @Override
  public String name() {
    return "restart";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.verb(
            name(),
            new Specs.Page(
                "Restart services; wait until they are ready again.",
                List.of("Dependents follow what their dependency says about restarts."),
                List.of("restart api", "restart 'web@*'", "restart --all --no-wait")));
    Selection.addTo(spec, "0..*");
    Changes.addTo(spec);
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    RestartServicesRequest request =
        RestartServicesRequest.newBuilder()
            .setSelector(Selection.readSome(arguments))
            .setNoWait(Changes.isNoWait(arguments))
            .build();
    return Changes.follow(session, arguments, (daemon, wait) -> daemon.restart(request, wait));
  }
}

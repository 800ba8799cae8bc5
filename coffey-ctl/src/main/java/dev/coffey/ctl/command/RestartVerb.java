package dev.coffey.ctl.command;

import dev.coffey.v1.RestartServicesRequest;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Gives services a new run and waits until it is ready.
final class RestartVerb implements Verb {
  private static final String CASCADE = "--cascade";
  private static final String NO_DEPS = "--no-deps";

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
                List.of("restart api", "restart 'web@*'", "restart db --cascade")));
    Selection.addTo(spec, "0..*");
    Changes.addTo(spec);
    spec.addOption(Specs.flag("Restart running dependents too.", CASCADE));
    spec.addOption(Specs.flag("Start nothing else, not even what they require.", NO_DEPS));
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    RestartServicesRequest request =
        RestartServicesRequest.newBuilder()
            .setSelector(Selection.readSome(arguments))
            .setNoWait(Changes.isNoWait(arguments))
            .setCascade(arguments.hasMatchedOption(CASCADE))
            .setNoDeps(arguments.hasMatchedOption(NO_DEPS))
            .build();
    return Changes.follow(session, arguments, (daemon, wait) -> daemon.restart(request, wait));
  }
}

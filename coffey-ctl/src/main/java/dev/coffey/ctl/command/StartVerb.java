package dev.coffey.ctl.command;

import dev.coffey.v1.StartServicesRequest;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Wants services up and waits until they are.
final class StartVerb implements Verb {
  private static final String NO_DEPS = "--no-deps";

  @Override
  public String name() {
    return "start";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.verb(
            name(),
            new Specs.Page(
                "Start services and what they require; wait until they are ready.",
                List.of("What runs already is left as it is. In back-off, start means now."),
                List.of("start api", "start --all --timeout 1m", "start -l tier=web --no-wait")));
    Selection.addTo(spec, "0..*");
    Changes.addTo(spec);
    spec.addOption(Specs.flag("Start nothing else, not even what they require.", NO_DEPS));
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    StartServicesRequest request =
        StartServicesRequest.newBuilder()
            .setSelector(Selection.readSome(arguments))
            .setNoWait(Changes.isNoWait(arguments))
            .setNoDeps(arguments.hasMatchedOption(NO_DEPS))
            .build();
    return Changes.follow(session, arguments, (daemon, wait) -> daemon.start(request, wait));
  }
}

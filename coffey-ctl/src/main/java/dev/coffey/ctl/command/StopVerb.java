package dev.coffey.ctl.command;

import dev.coffey.v1.StopServicesRequest;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Wants services down and waits until nothing is left of them.
final class StopVerb implements Verb {
  private static final String CASCADE = "--cascade";
  private static final String FORCE = "--force";

  @Override
  public String name() {
    return "stop";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.verb(
            name(),
            new Specs.Page(
                "Stop services; wait until none of their processes is left.",
                List.of(
                    "Refused while running services depend on them, unless told what to do with those.",
                    "What was stopped stays so over restarts of the daemon."),
                List.of("stop api", "stop db --cascade", "stop --all")));
    Selection.addTo(spec, "0..*");
    Changes.addTo(spec);
    spec.addOption(Specs.flag("Stop running dependents first.", CASCADE));
    spec.addOption(Specs.flag("Leave running dependents as they are.", FORCE));
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    boolean cascade = arguments.hasMatchedOption(CASCADE);
    boolean force = arguments.hasMatchedOption(FORCE);
    if (cascade && force) {
      throw VerbFailed.usage("cannot stop: give --cascade or --force, not both");
    }
    StopServicesRequest request =
        StopServicesRequest.newBuilder()
            .setSelector(Selection.readSome(arguments))
            .setNoWait(Changes.isNoWait(arguments))
            .setCascade(cascade)
            .setForce(force)
            .build();
    return Changes.follow(session, arguments, (daemon, wait) -> daemon.stop(request, wait));
  }
}

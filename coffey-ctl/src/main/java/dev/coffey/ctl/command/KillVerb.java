package dev.coffey.ctl.command;

import dev.coffey.v1.KillServicesRequest;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Sends services a signal.
final class KillVerb implements Verb {
  @Override
  public String name() {
    return "kill";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.verb(
            name(),
            new Specs.Page(
                "Send a signal to services.",
                List.of("What is wanted of them stays the same: who dies of it may start again."),
                List.of("kill HUP nginx", "kill KILL api", "kill USR1 'web@*'")));
    spec.addPositional(Specs.one("0", "SIGNAL", "Its name, with or without SIG, or its number."));
    Selection.addTo(spec, "1..*");
    Changes.addTo(spec);
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    KillServicesRequest request =
        KillServicesRequest.newBuilder()
            .setSelector(Selection.readSome(arguments))
            .setSignal(arguments.matchedPositionalValue(0, ""))
            .setNoWait(Changes.isNoWait(arguments))
            .build();
    return Changes.follow(session, arguments, (daemon, wait) -> daemon.kill(request, wait));
  }
}

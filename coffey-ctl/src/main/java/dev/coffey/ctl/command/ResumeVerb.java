package dev.coffey.ctl.command;

import dev.coffey.v1.ResumeServicesRequest;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Ends a pause.
final class ResumeVerb implements Verb {
  @Override
  public String name() {
    return "resume";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.verb(
            name(),
            new Specs.Page(
                "Put paused services into the daemon's hands again.",
                List.of("What should have been done meanwhile is done now."),
                List.of("resume api", "resume --all")));
    Selection.addTo(spec, "0..*");
    Changes.addTo(spec);
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    ResumeServicesRequest request =
        ResumeServicesRequest.newBuilder()
            .setSelector(Selection.readSome(arguments))
            .setNoWait(Changes.isNoWait(arguments))
            .build();
    return Changes.follow(session, arguments, (daemon, wait) -> daemon.resume(request, wait));
  }
}

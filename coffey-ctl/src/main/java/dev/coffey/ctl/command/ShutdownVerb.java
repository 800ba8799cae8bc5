package dev.coffey.ctl.command;

import dev.coffey.v1.ShutdownRequest;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Ends the daemon and all its services.
final class ShutdownVerb implements Verb {
  @Override
  public String name() {
    return "shutdown";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.verb(
            name(),
            new Specs.Page(
                "Stop all services in the reverse order of their start, then the daemon.",
                List.of(),
                List.of("shutdown", "shutdown --timeout 1m")));
    Changes.addTo(spec);
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    ShutdownRequest request =
        ShutdownRequest.newBuilder().setNoWait(Changes.isNoWait(arguments)).build();
    return Changes.followShutdown(
        session, arguments, (daemon, wait) -> daemon.shutdown(request, wait));
  }
}

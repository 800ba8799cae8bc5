package dev.coffey.ctl.command;

import dev.coffey.v1.ShutdownRequest;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Ends the daemon and all its services.
final class ShutdownVerb implements Verb {
  private static final String GRACE = "--grace";

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
                List.of("shutdown", "shutdown --grace 5s")));
    Changes.addTo(spec);
    spec.addOption(
        Specs.value(
            "DURATION",
            "Kill what is left after this long, instead of the configured shutdown_timeout.",
            GRACE));
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    ShutdownRequest.Builder request =
        ShutdownRequest.newBuilder().setNoWait(Changes.isNoWait(arguments));
    String grace = arguments.matchedOptionValue(GRACE, "");
    if (!grace.isEmpty()) {
      request.setTimeoutMs(TimeArguments.duration(GRACE, grace).toMillis());
    }
    return Changes.followShutdown(
        session, arguments, (daemon, wait) -> daemon.shutdown(request.build(), wait));
  }
}

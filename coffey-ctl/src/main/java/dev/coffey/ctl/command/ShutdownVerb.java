package dev.coffey.ctl.command;

import dev.coffey.ctl.client.DaemonProcess;
import dev.coffey.v1.ShutdownRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Ends the daemon and all its services.
final class ShutdownVerb implements Verb {
  private static final Duration LEAVING_TIME_MAX = Duration.ofSeconds(10);

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
                "Stop all services in the reverse order of their start, then the daemon; returns when it has"
                    + " ended.",
                List.of(),
                List.of("shutdown", "shutdown --timeout 1m")));
    Changes.addTo(spec);
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    boolean noWait = Changes.isNoWait(arguments);
    Optional<DaemonProcess> process =
        noWait ? Optional.empty() : DaemonProcess.of(session.daemon().info().getDaemon().getPid());
    ShutdownRequest request = ShutdownRequest.newBuilder().setNoWait(noWait).build();
    int exit =
        Changes.followShutdown(
            session, arguments, (daemon, wait) -> daemon.shutdown(request, wait));
    session.disconnect();
    process
        .filter(daemon -> !daemon.awaitEnd(LEAVING_TIME_MAX))
        .ifPresent(daemon ->
            session
                .screen()
                .complain(
                    "all is stopped, but the daemon, pid %d, has not ended yet"
                        .formatted(daemon.pid())));
    return exit;
  }
}

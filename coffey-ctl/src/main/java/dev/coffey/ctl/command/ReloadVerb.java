package dev.coffey.ctl.command;

import dev.coffey.v1.ReloadRequest;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Has the daemon read its configuration again and put it in force, all or nothing.
final class ReloadVerb implements Verb {
  @Override
  public String name() {
    return "reload";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.verb(
            name(),
            new Specs.Page(
                "Read the configuration again and put it in force; wait until it is.",
                List.of(
                    "Services that have not changed keep their processes. Where anything is wrong,",
                    "all of it is told, nothing changes, and the exit code is 8.",
                    "'plan' shows beforehand what would happen."),
                List.of("reload", "reload --no-wait", "reload -j")));
    Changes.addTo(spec);
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    ReloadRequest request =
        ReloadRequest.newBuilder().setNoWait(Changes.isNoWait(arguments)).build();
    return Changes.follow(session, arguments, (daemon, wait) -> daemon.reload(request, wait));
  }
}

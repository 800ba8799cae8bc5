package dev.coffey.ctl.command;

import dev.coffey.v1.PauseServicesRequest;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Has the daemon leave services alone.
final class PauseVerb implements Verb {
  private static final String TTL = "--for";
  private static final String REASON = "--reason";

  @Override
  public String name() {
    return "pause";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.verb(
            name(),
            new Specs.Page(
                "Have the daemon leave services alone for a time.",
                List.of(
                    "Their processes go on. What ends is not started again, and what a probe finds",
                    "has no consequences, until the pause is over. A start, stop or restart by hand",
                    "ends the pause, and a shutdown does not wait for it."),
                List.of(
                    "pause api --for 30m --reason 'under the debugger'", "pause --all --for 1h")));
    Selection.addTo(spec, "0..*");
    spec.addOption(Specs.value("DURATION", "Resume by itself after this long.", TTL));
    spec.addOption(Specs.value("TEXT", "Why; shown in the status.", REASON));
    Changes.addTo(spec);
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    var request =
        PauseServicesRequest.newBuilder()
            .setSelector(Selection.readSome(arguments))
            .setNoWait(Changes.isNoWait(arguments));
    if (arguments.hasMatchedOption(TTL)) {
      Duration ttl = TimeArguments.duration(TTL, arguments.matchedOptionValue(TTL, ""));
      request.setTtlMs(ttl.toMillis());
    }
    if (arguments.hasMatchedOption(REASON)) {
      request.setReason(arguments.matchedOptionValue(REASON, ""));
    }
    return Changes.follow(
        session, arguments, (daemon, wait) -> daemon.pause(request.build(), wait));
  }
}

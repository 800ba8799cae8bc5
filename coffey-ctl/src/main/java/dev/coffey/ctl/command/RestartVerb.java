package dev.coffey.ctl.command;

import dev.coffey.v1.RestartServicesRequest;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Gives services a new run and waits until it is ready.
final class RestartVerb implements Verb {
  private static final String AT_ONCE = "--at-once";
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
                List.of(
                    "What they require and is down is started too. Dependents follow what their",
                    "dependency says about restarts. With --at-once the next one is restarted when",
                    "one is ready again, and the first that does not come back ends it."),
                List.of("restart api", "restart 'web@*' --at-once 1", "restart --all --no-wait")));
    Selection.addTo(spec, "0..*");
    Changes.addTo(spec);
    spec.addOption(
        Specs.value("N", "Restart no more than this many at a time, one after another.", AT_ONCE));
    spec.addOption(Specs.flag("Restart all running dependents too.", CASCADE));
    spec.addOption(Specs.flag("Start nothing else, not even what they require.", NO_DEPS));
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    var request =
        RestartServicesRequest.newBuilder()
            .setSelector(Selection.readSome(arguments))
            .setNoWait(Changes.isNoWait(arguments))
            .setCascade(arguments.hasMatchedOption(CASCADE))
            .setNoDeps(arguments.hasMatchedOption(NO_DEPS));
    if (arguments.hasMatchedOption(AT_ONCE)) {
      request.setAtOnce(count(arguments.matchedOptionValue(AT_ONCE, "")));
    }
    return Changes.follow(
        session, arguments, (daemon, wait) -> daemon.restart(request.build(), wait));
  }

  private static int count(String text) {
    if (!text.matches("[1-9][0-9]{0,5}")) {
      throw VerbFailed.usage("%s takes a number from 1 up, not '%s'".formatted(AT_ONCE, text));
    }
    return Integer.parseInt(text);
  }
}

package dev.coffey.ctl.command;

import dev.coffey.ctl.output.LogText;
import dev.coffey.v1.LogStream;
import dev.coffey.v1.ServiceSelector;
import dev.coffey.v1.TailLogsRequest;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Shows what services wrote, and goes on with what they write.
final class LogsVerb implements Verb {
  private static final String FOLLOW = "--follow";
  private static final String NO_FOLLOW = "--no-follow";
  private static final String LINES = "--lines";
  private static final String SINCE = "--since";
  private static final String UNTIL = "--until";
  private static final String STREAM = "--stream";
  private static final String GREP = "--grep";
  private static final String RUN = "--run";
  private static final String RAW = "--raw";
  private static final String TIME = "--time";
  private static final String LOCAL = "--local";
  private static final String DIR = "--dir";

  @Override
  public String name() {
    return "logs";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.verb(
            name(),
            new Specs.Page(
                "Show what services wrote: the last 50 lines, then what comes.",
                List.of(
                    "Goes on over restarts, rotation and a daemon that is replaced, and says so.",
                    "Lines on standard error are marked with '!' instead of '|'."),
                List.of(
                    "logs api",
                    "logs api worker -n 0",
                    "logs api --no-follow --since 10m --grep 'timed? out'",
                    "logs api --run previous --raw > last-run.log")));
    Selection.addOptionalTo(spec);
    spec.addOption(Specs.flag("Go on with what comes; this is the default.", "-f", FOLLOW));
    spec.addOption(Specs.flag("Stop at the end of what there is.", NO_FOLLOW));
    spec.addOption(Specs.value("N|all", "How many past lines to begin with.", "-n", LINES));
    spec.addOption(Specs.value("TIME", "Only lines from then on: 10m, 14:30, a date.", SINCE));
    spec.addOption(Specs.value("TIME", "Only lines before then; does not follow.", UNTIL));
    spec.addOption(Specs.value("STREAM", "Only stdout or only stderr.", STREAM));
    spec.addOption(Specs.value("REGEX", "Only lines in which this matches.", GREP));
    spec.addOption(Specs.value("ID|previous", "Only the lines of one run; does not follow.", RUN));
    spec.addOption(Specs.flag("The bytes as written, and nothing else.", RAW));
    spec.addOption(Specs.flag("Show the time of each line.", "-t", TIME));
    spec.addOption(Specs.flag("Read the files without a daemon; coffeyd alone can.", LOCAL));
    spec.addOption(
        Specs.value("DIR", "With --local: where the logs are; groups are not known then.", DIR));
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Session session) {
    ServiceSelector selector = Selection.read(arguments);
    String asked = Selection.isOneName(selector) ? selector.getNames(0) : "";
    LogText text = new LogText(session.screen(), form(arguments, selector), asked);
    String directory = arguments.matchedOptionValue(DIR, "");
    if (!directory.isEmpty() && !arguments.hasMatchedOption(LOCAL)) {
      throw VerbFailed.usage("cannot show logs: --dir is for --local");
    }
    LogFollower follower =
        new LogFollower(
            session,
            text,
            arguments.hasMatchedOption(LOCAL)
                ? request -> session.logFiles(request, directory)
                : request -> session.daemon().logs(request));
    follower.follow(request(arguments, session, selector));
    return ExitCode.DONE.number();
  }

  private static LogText.Form form(ParseResult arguments, ServiceSelector selector) {
    if (arguments.hasMatchedOption(RAW)) {
      return LogText.Form.RAW;
    }
    boolean named = !Selection.isOneName(selector);
    if (arguments.hasMatchedOption(TIME)) {
      return named ? LogText.Form.TIMED_AND_NAMED : LogText.Form.TIMED;
    }
    return named ? LogText.Form.NAMED : LogText.Form.BARE;
  }

  private static TailLogsRequest request(
      ParseResult arguments, Session session, ServiceSelector selector) {
    TailLogsRequest.Builder request =
        TailLogsRequest.newBuilder().setSelector(selector).setFollow(follows(arguments));
    String lines = arguments.matchedOptionValue(LINES, "");
    if (lines.equals("all")) {
      request.setAllLines(true);
    } else if (lines.matches("\\d{1,9}")) {
      request.setLines(Integer.parseInt(lines));
    } else if (!lines.isEmpty()) {
      throw VerbFailed.usage("--lines takes a number or 'all', not '%s'".formatted(lines));
    }
    String since = arguments.matchedOptionValue(SINCE, "");
    if (!since.isEmpty()) {
      request.setSince(TimeArguments.moment(SINCE, since, session.now()));
    }
    String until = arguments.matchedOptionValue(UNTIL, "");
    if (!until.isEmpty()) {
      request.setUntil(TimeArguments.moment(UNTIL, until, session.now()));
    }
    String grep = arguments.matchedOptionValue(GREP, "");
    if (!grep.isEmpty()) {
      request.setGrep(grep);
    }
    addStream(arguments.matchedOptionValue(STREAM, ""), request);
    addRun(arguments.matchedOptionValue(RUN, ""), request);
    return request.build();
  }

  private static boolean follows(ParseResult arguments) {
    if (arguments.hasMatchedOption(FOLLOW) && arguments.hasMatchedOption(NO_FOLLOW)) {
      throw VerbFailed.usage("cannot show logs: give --follow or --no-follow, not both");
    }
    if (arguments.hasMatchedOption(FOLLOW) && arguments.hasMatchedOption(LOCAL)) {
      throw VerbFailed.usage("cannot follow files: where nobody writes, nothing comes");
    }
    boolean ends =
        arguments.hasMatchedOption(UNTIL)
            || arguments.hasMatchedOption(RUN)
            || arguments.hasMatchedOption(LOCAL);
    return arguments.hasMatchedOption(FOLLOW) || (!ends && !arguments.hasMatchedOption(NO_FOLLOW));
  }

  private static void addStream(String stream, TailLogsRequest.Builder request) {
    switch (stream) {
      case "" -> {}
      case "stdout" -> request.addStreams(LogStream.LOG_STREAM_STDOUT);
      case "stderr" -> request.addStreams(LogStream.LOG_STREAM_STDERR);
      default ->
          throw VerbFailed.usage("--stream takes stdout or stderr, not '%s'".formatted(stream));
    }
  }

  private static void addRun(String run, TailLogsRequest.Builder request) {
    if (run.equals("previous")) {
      request.setRunsBack(1);
    } else if (run.matches("\\d{1,18}")) {
      request.setRunId(Long.parseLong(run));
    } else if (!run.isEmpty()) {
      throw VerbFailed.usage("--run takes a run's number or 'previous', not '%s'".formatted(run));
    }
  }
}

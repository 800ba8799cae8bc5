package dev.coffey.ctl.command;

import dev.coffey.ctl.client.Answers;
import dev.coffey.ctl.client.CallFailed;
import dev.coffey.ctl.client.Daemon;
import dev.coffey.ctl.output.JsonObject;
import dev.coffey.ctl.output.OperationJson;
import dev.coffey.ctl.output.ProgressText;
import dev.coffey.ctl.output.Screen;
import dev.coffey.ctl.output.Times;
import dev.coffey.v1.Operation;
import dev.coffey.v1.OperationProgress;
import dev.coffey.v1.OperationState;
import dev.coffey.v1.ServiceOutcome;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// What all verbs that change something have in common: they begin an operation and, unless told
/// otherwise, follow it to its end.
final class Changes {
  private static final String NO_WAIT = "--no-wait";
  private static final String TIMEOUT = "--timeout";

  private final Session session;
  private final Screen screen;
  private final ProgressText text;
  private final boolean noWait;
  private Operation last = Operation.getDefaultInstance();

  private Changes(Session session, ParseResult arguments) {
    this.session = session;
    this.noWait = isNoWait(arguments);
    this.screen = session.screen();
    this.text = new ProgressText(screen, arguments.commandSpec().name());
  }

  /// The call that begins the operation.
  interface Beginning {
    Answers<OperationProgress> begin(Daemon daemon, Optional<Duration> wait);
  }

  static void addTo(CommandSpec spec) {
    spec.addOption(Specs.flag("Return as soon as the daemon has accepted it.", NO_WAIT));
    spec.addOption(
        Specs.value(
            "DURATION",
            "Wait no longer than this, then exit with 124; what was begun goes on.",
            TIMEOUT));
  }

  static boolean isNoWait(ParseResult arguments) {
    return arguments.hasMatchedOption(NO_WAIT);
  }

  static Optional<Duration> wait(ParseResult arguments) {
    return Optional.ofNullable(arguments.<String>matchedOptionValue(TIMEOUT, null))
        .map(text -> TimeArguments.duration(TIMEOUT, text));
  }

  /// Shows the progress and returns the exit code.
  static int follow(Session session, ParseResult arguments, Beginning beginning) {
    Changes changes = new Changes(session, arguments);
    changes.takeAll(beginning, wait(arguments));
    return changes.end();
  }

  /// A daemon that shuts down may be gone before its last word arrives; that is the end that was
  /// asked for.
  static int followShutdown(Session session, ParseResult arguments, Beginning beginning) {
    Changes changes = new Changes(session, arguments);
    try {
      changes.takeAll(beginning, wait(arguments));
    } catch (CallFailed e) {
      if (!changes.isAccepted() || e.kind() != CallFailed.Kind.UNREACHABLE) {
        throw e;
      }
      // What it knew of the services is out of date by now.
      changes.last =
          changes.last.toBuilder()
              .clearServices()
              .setState(OperationState.OPERATION_STATE_SUCCEEDED)
              .build();
    }
    return changes.end();
  }

  private void takeAll(Beginning beginning, Optional<Duration> limit) {
    try (Answers<OperationProgress> answers = beginning.begin(session.daemon(), limit)) {
      while (answers.hasNext()) {
        take(answers.next());
      }
    } catch (CallFailed e) {
      if (e.kind() == CallFailed.Kind.TIMED_OUT && isAccepted()) {
        throw VerbFailed.timedOut(timedOut(limit));
      }
      throw e;
    }
  }

  private boolean isAccepted() {
    return !last.getId().isEmpty();
  }

  private void take(OperationProgress progress) {
    switch (progress.getNewsCase()) {
      case ACCEPTED -> accept(progress.getAccepted());
      case SERVICE -> move(progress.getService());
      case DONE -> last = progress.getDone();
      case NEWS_NOT_SET -> {}
    }
  }

  private void accept(Operation operation) {
    last = operation;
    if (session.isVerbose(1)) {
      screen.note("%s: accepted as %s".formatted(operation.getVerb(), operation.getId()));
    }
    if (!screen.isJson() && !noWait) {
      text.tellBeginning(operation);
      screen.flush();
    }
  }

  private void move(ServiceOutcome outcome) {
    if (!screen.isJson()) {
      text.tell(outcome);
      screen.flush();
    }
  }

  private int end() {
    boolean failed = last.getState() == OperationState.OPERATION_STATE_FAILED;
    boolean cancelled = last.getState() == OperationState.OPERATION_STATE_CANCELLED;
    if (screen.isJson()) {
      screen.document(document(failed || cancelled));
    } else if (noWait) {
      screen.line("accepted as " + last.getId());
    } else {
      text.tellEnd(last);
      boolean silent = last.getServicesCount() == 0 && !failed && !cancelled;
      if (silent && last.getVerb().equals("reload")) {
        screen.line("the configuration is in force; it changes no service");
      }
      if ((failed || cancelled) && last.hasReason() && !text.hasComplained()) {
        screen.complain(last.getReason());
      }
    }
    if (session.isVerbose(1) && last.hasTookMs()) {
      screen.note(
          "%s: took %s".formatted(last.getId(), Times.brief(Duration.ofMillis(last.getTookMs()))));
    }
    return (failed || cancelled ? ExitCode.FAILED : ExitCode.DONE).number();
  }

  private JsonObject document(boolean failed) {
    JsonObject json = new JsonObject().put("operation", OperationJson.of(last));
    if (failed) {
      String why = last.hasReason() ? last.getReason() : "see the services of the operation";
      json.put("error", Complaints.error("operation_failed", why, new JsonObject()));
    }
    return json;
  }

  private String timedOut(Optional<Duration> limit) {
    return "not done%s; %s goes on"
        .formatted(
            limit.map(duration -> " after " + Times.brief(duration)).orElse(""), last.getId());
  }
}

package dev.coffey.lifecycle;

import dev.coffey.lifecycle.Result.Kind;
import dev.coffey.lifecycle.ServiceState.BackingOff;
import dev.coffey.lifecycle.ServiceState.Completed;
import dev.coffey.lifecycle.ServiceState.Departure;
import dev.coffey.lifecycle.ServiceState.Down;
import dev.coffey.lifecycle.ServiceState.Failed;
import dev.coffey.lifecycle.ServiceState.Launching;
import dev.coffey.restart.Ending;
import dev.coffey.restart.RestartRule;
import dev.coffey.restart.Verdict;
import dev.coffey.spec.RestartPolicy;
import dev.coffey.spec.RestartSpec;
import dev.coffey.spec.StartSpec;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes of a service once nothing of its run is left.
final class AfterEnd {
  /// How long to wait when it was the machine that had nothing left.
  static final Duration RESOURCES_DELAY = Duration.ofSeconds(1);

  private AfterEnd() {}

  /// A run is over.
  ///
  /// @param killed whether the time was over in which it, and what it left, had to end
  static Step departed(Service service, Departure departure, boolean killed, Moment moment) {
    StopReason asked = departure.asked();
    Result result = result(service.spec().restart(), departure, killed, moment);
    Service ended = service.ended(result).wishing(new Wish(service.wish().up(), null));
    return switch (asked) {
      case UNWANTED -> Step.to(ended.in(new Down(null), moment.now()));
      // A run that was cut short is made up for, also by who else runs at certain times only.
      case RESTART, DEPENDENCY -> Step.to(ended.due().in(new Down(null), moment.now()));
      case PROBE, START_TIMEOUT, RUNTIME_MAX ->
          ended.wish().up()
              ? weigh(ended, result, Ending.FAILURE, departure.readyFor(), moment)
              : Step.to(
                  ended.in(
                      asked == StopReason.PROBE ? new Failed() : new Down(null), moment.now()));
      case null ->
          weigh(
              ended,
              result,
              ending(service.spec().restart(), departure.status()),
              departure.readyFor(),
              moment);
    };
  }

  /// There was no process.
  static Step launchFailed(Service service, Launching state, LaunchFailure failure, Moment moment) {
    Kind kind = failure.retryable() ? Kind.RESOURCES : Kind.EXEC_FAILED;
    Result result = new Result(kind, false, null, failure.message(), moment.now());
    Service ended = service.ended(result).wishing(new Wish(service.wish().up(), null));
    if (state.stop() != null || !service.wish().up()) {
      boolean cutShort = state.stop() != null && state.stop() != StopReason.UNWANTED;
      return Step.to((cutShort ? ended.due() : ended).in(new Down(null), moment.now()));
    }
    if (failure.retryable()) {
      return Step.to(
          ended.in(new BackingOff(moment.now().plus(RESOURCES_DELAY), false), moment.now()));
    }
    return weigh(ended, result, Ending.FAILURE, Duration.ZERO, moment);
  }

  private static Step weigh(
      Service service, Result result, Ending ending, Duration readyFor, Moment moment) {
    RestartRule.Outcome outcome =
        RestartRule.weigh(
            rule(service, ending),
            service.restarts(),
            ending,
            readyFor,
            new RestartRule.Weighing(moment.now(), moment.chance()));
    Service counted = service.remembering(outcome.restarts());
    return switch (outcome.verdict()) {
      case Verdict.Again(Duration delay) ->
          new Step(
              counted.in(new BackingOff(moment.now().plus(delay), false), moment.now()),
              List.of(),
              outcome.crashLoop(),
              false);
      case Verdict.Done() -> Step.to(counted.in(new Completed(), moment.now()));
      case Verdict.Never(String reason, boolean limit) ->
          failed(counted, limited(result, reason, limit), outcome.crashLoop(), moment);
    };
  }

  /// A oneshot that has done its work is not run again, whatever the policy.
  private static RestartSpec rule(Service service, Ending ending) {
    RestartSpec spec = service.spec().restart();
    boolean done =
        ending == Ending.SUCCESS && service.spec().start().kind() == StartSpec.Kind.ONESHOT;
    return done && spec.policy() == RestartPolicy.ALWAYS
        ? new RestartSpec(
            RestartPolicy.ON_FAILURE,
            spec.successCodes(),
            spec.permanentFailureCodes(),
            spec.backoff(),
            spec.giveUp(),
            spec.onFailure())
        : spec;
  }

  private static Step failed(Service service, Result result, boolean crashLoop, Moment moment) {
    boolean fatal = Holding.fatal(service.spec()) && !service.paused();
    return new Step(
        service.ended(result).in(new Failed(), moment.now()), List.of(), crashLoop, fatal);
  }

  private static Result limited(Result result, String reason, boolean limit) {
    String message = "%s; not tried again: %s".formatted(result.message(), reason);
    return new Result(
        limit ? Kind.START_LIMIT : result.kind(),
        result.asked(),
        result.status(),
        message,
        result.at());
  }

  private static Ending ending(RestartSpec spec, ExitStatus status) {
    if (status.isOneOf(spec.permanentFailureCodes())) {
      return Ending.PERMANENT_FAILURE;
    }
    return status.isOneOf(spec.successCodes()) ? Ending.SUCCESS : Ending.FAILURE;
  }

  private static Result result(
      RestartSpec spec, Departure departure, boolean killed, Moment moment) {
    ExitStatus status = departure.status();
    String end = killed ? late(departure) : status.described();
    String message = described(departure.asked(), end);
    boolean asked = isAsked(departure.asked());
    boolean overdue = asked && killed && wasKilled(status);
    Kind kind = overdue ? Kind.TIMEOUT : kind(spec, departure.asked(), status);
    return new Result(kind, asked, status, message, moment.now());
  }

  private static boolean isAsked(@Nullable StopReason reason) {
    return switch (reason) {
      case UNWANTED, RESTART, DEPENDENCY -> true;
      case PROBE, START_TIMEOUT, RUNTIME_MAX -> false;
      case null -> false;
    };
  }

  /// The kill at the deadline is told also where it does not count as a failure.
  private static String late(Departure departure) {
    boolean itself = departure.asked() != null && wasKilled(departure.status());
    String who = itself ? "did not end in time, %s" : "what it left did not end in time, %s";
    return who.formatted(departure.status().described());
  }

  private static boolean wasKilled(ExitStatus status) {
    return switch (status) {
      case ExitStatus.Exited _ -> false;
      case ExitStatus.Signaled(_, String name, _) -> name.equals("KILL");
      case ExitStatus.OutOfMemory _, ExitStatus.Unseen _ -> true;
    };
  }

  private static Kind kind(RestartSpec spec, @Nullable StopReason asked, ExitStatus status) {
    return switch (asked) {
      case UNWANTED, RESTART, DEPENDENCY -> Kind.SUCCESS;
      case PROBE -> Kind.PROBE;
      case START_TIMEOUT, RUNTIME_MAX -> Kind.TIMEOUT;
      case null ->
          ending(spec, status) == Ending.SUCCESS
              ? Kind.SUCCESS
              : switch (status) {
                case ExitStatus.Exited _ -> Kind.EXIT_CODE;
                case ExitStatus.Signaled(_, _, boolean dumped) ->
                    dumped ? Kind.CORE_DUMP : Kind.SIGNAL;
                case ExitStatus.OutOfMemory() -> Kind.OOM_KILL;
                case ExitStatus.Unseen() -> Kind.UNKNOWN;
              };
    };
  }

  private static String described(@Nullable StopReason asked, String end) {
    return switch (asked) {
      case UNWANTED -> end;
      case RESTART -> "restart asked for, %s".formatted(end);
      case DEPENDENCY -> "with its dependency, %s".formatted(end);
      case PROBE -> "its liveness probe failed, %s".formatted(end);
      case START_TIMEOUT -> "not ready in time, %s".formatted(end);
      case RUNTIME_MAX -> "ran longer than max_runtime, %s".formatted(end);
      case null -> end;
    };
  }
}

package dev.coffey.control;

import dev.coffey.spec.PlanDiff;
import dev.coffey.spec.PlanDiff.Change;
import dev.coffey.spec.Problem;
import dev.coffey.spec.ServiceName;
import dev.coffey.v1.AlsoRestarts;
import dev.coffey.v1.ChangeEffect;
import dev.coffey.v1.ConfigProblems;
import dev.coffey.v1.DaemonChange;
import dev.coffey.v1.PlanResponse;
import dev.coffey.v1.ServiceChange;
import dev.coffey.v1.Severity;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Problems and differences of configurations as messages.
final class ConfigMessages {
  private static final Pattern PLACE = Pattern.compile("(.+):([0-9]{1,9}):([0-9]{1,9})");

  private ConfigMessages() {}

  static ConfigProblems problems(Collection<Problem> problems) {
    return ConfigProblems.newBuilder().addAllProblems(list(problems)).build();
  }

  static List<dev.coffey.v1.Problem> list(Collection<Problem> problems) {
    return problems.stream().map(ConfigMessages::message).toList();
  }

  private static dev.coffey.v1.Problem message(Problem problem) {
    var message =
        dev.coffey.v1.Problem.newBuilder()
            .setMessage(problem.message())
            .setCode(problem.code())
            .setSeverity(
                switch (problem.severity()) {
                  case ERROR -> Severity.SEVERITY_ERROR;
                  case WARNING -> Severity.SEVERITY_WARNING;
                });
    Matcher place = PLACE.matcher(problem.place());
    if (place.matches()) {
      message
          .setFile(place.group(1))
          .setLine(Integer.parseInt(place.group(2)))
          .setColumn(Integer.parseInt(place.group(3)));
    } else if (!problem.place().isEmpty()) {
      message.setFile(problem.place());
    }
    if (!problem.path().isEmpty()) {
      message.setPath(problem.path());
    }
    if (!problem.help().isEmpty()) {
      message.setSuggestion(problem.help());
    }
    problem.excerpt().lines().findFirst().ifPresent(message::setSourceLine);
    return message.build();
  }

  static PlanResponse.Builder plan(PlanDiff diff) {
    var message =
        PlanResponse.newBuilder()
            .addAllAdded(names(diff.added()))
            .addAllRemoved(names(diff.removed()))
            .addAllUnchanged(names(diff.unchanged()));
    diff.changed().forEach((name, change) -> message.addChanged(message(name, change)));
    diff.moved()
        .forEach((name, moved) ->
            message.addAlsoRestarts(
                AlsoRestarts.newBuilder()
                    .setName(name.value())
                    .setBecause("because of " + moved.because())));
    diff.daemon()
        .forEach((key, effect) -> {
          message.addDaemon(
              DaemonChange.newBuilder().setKey("coffey." + key).setEffect(message(effect)));
          if (effect == PlanDiff.Effect.DAEMON) {
            message.addWarnings(onlyAtStart(key));
          }
        });
    return message;
  }

  private static ServiceChange message(ServiceName name, Change change) {
    return ServiceChange.newBuilder()
        .setName(name.value())
        .addAllKeys(change.keys().keySet())
        .setEffect(message(change.effect()))
        .build();
  }

  private static ChangeEffect message(PlanDiff.Effect effect) {
    return switch (effect) {
      case LIVE -> ChangeEffect.CHANGE_EFFECT_LIVE;
      case RESTART -> ChangeEffect.CHANGE_EFFECT_RESTART;
      case DAEMON -> ChangeEffect.CHANGE_EFFECT_DAEMON;
    };
  }

  private static dev.coffey.v1.Problem onlyAtStart(String key) {
    return dev.coffey.v1.Problem.newBuilder()
        .setPath("coffey." + key)
        .setCode("needs-daemon-restart")
        .setMessage("has changed, which only the daemon's next start brings")
        .setSeverity(Severity.SEVERITY_WARNING)
        .build();
  }

  private static List<String> names(Collection<ServiceName> names) {
    return names.stream().map(ServiceName::value).toList();
  }
}

package dev.coffey.ctl.command;

import dev.coffey.ctl.client.CallFailed;
import dev.coffey.ctl.output.DaemonJson;
import dev.coffey.ctl.output.JsonObject;
import dev.coffey.ctl.output.Screen;
import dev.coffey.v1.Problem;
import dev.coffey.v1.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Says what went wrong: a sentence and advice for people, the one error document for programs.
final class Complaints {
  private static final Set<String> LISTS = Set.of("closest", "dependents", "allowed");

  private Complaints() {}

  static int tell(Screen screen, VerbFailed failed) {
    if (screen.isJson()) {
      screen.document(document(error(failed.code(), failed.sentence(), new JsonObject())));
    } else {
      screen.complain(failed.sentence());
    }
    screen.flush();
    return failed.exit().number();
  }

  static int tell(Screen screen, CallFailed failed) {
    CallFailed.Details details = failed.details();
    if (screen.isJson()) {
      JsonObject json = details(details);
      screen.document(document(error(failed.code(), failed.sentence(), json)));
    } else {
      screen.complain(failed.sentence());
      details.problems().forEach(problem -> screen.note("  " + line(problem)));
      advice(details).forEach(screen::note);
    }
    screen.flush();
    return ExitCode.of(failed.kind()).number();
  }

  /// The value of `error` in a document.
  static JsonObject error(String code, String message, JsonObject details) {
    return new JsonObject().put("code", code).put("message", message).put("details", details);
  }

  private static JsonObject document(JsonObject error) {
    return new JsonObject().put("error", error);
  }

  private static JsonObject details(CallFailed.Details details) {
    JsonObject json = new JsonObject();
    if (!details.reason().isEmpty()) {
      json.put("reason", details.reason().toLowerCase(Locale.ROOT));
    }
    details.metadata().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> put(json, entry.getKey(), entry.getValue()));
    if (!details.problems().isEmpty()) {
      json.put("problems", details.problems(), DaemonJson::problem);
    }
    return json;
  }

  private static void put(JsonObject json, String key, String value) {
    if (LISTS.contains(key)) {
      json.put(key, value.isEmpty() ? List.<String>of() : List.of(value.split(",", -1)));
    } else {
      json.put(key, value);
    }
  }

  /// What to do next, where the reason tells.
  private static List<String> advice(CallFailed.Details details) {
    Map<String, String> metadata = details.metadata();
    return switch (details.reason()) {
      case "HAS_DEPENDENTS" ->
          List.of("  --cascade stops the dependents first, --force leaves them as they are");
      case "WRONG_STATE", "NOT_RUNNING" ->
          list("  possible now: ", metadata.getOrDefault("allowed", ""));
      default -> List.of();
    };
  }

  private static List<String> list(String before, String names) {
    return names.isEmpty() ? List.of() : List.of(before + names.replace(",", ", "));
  }

  static String line(Problem problem) {
    String place = problem.getFile();
    if (problem.hasLine()) {
      place += ":%d:%d".formatted(problem.getLine(), problem.getColumn());
    }
    String path = problem.hasPath() ? problem.getPath() + ": " : "";
    String code = problem.getCode().isEmpty() ? "" : " [" + problem.getCode() + "]";
    String severity = problem.getSeverity() == Severity.SEVERITY_WARNING ? "warning: " : "";
    return (place.isEmpty() ? "" : place + ": ")
        + severity
        + path
        + problem.getMessage()
        + code
        + (problem.hasSuggestion() ? "\n  " + problem.getSuggestion() : "");
  }
}

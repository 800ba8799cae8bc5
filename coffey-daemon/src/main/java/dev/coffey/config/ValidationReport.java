package dev.coffey.config;

import dev.coffey.config.ConfigOutcome.Loaded;
import dev.coffey.config.ConfigOutcome.Refused;
import dev.coffey.spec.PlanDiff;
import dev.coffey.spec.Problem;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Tells what came of a validation, for people and for programs.
final class ValidationReport {
  private final PrintStream out;
  private final PrintStream err;

  ValidationReport(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /// Prints all problems; the exit code comes back.
  int tell(ConfigOutcome outcome, CommandOptions options) {
    List<Problem> problems =
        switch (outcome) {
          case Refused refused -> refused.problems();
          case Loaded loaded -> loaded.warnings();
        };
    boolean valid = outcome instanceof Loaded && (problems.isEmpty() || !options.has("--strict"));
    if (options.has("--json")) {
      out.println(JsonText.line(json(valid, problems)));
    } else {
      problems.forEach(problem -> err.print(ProblemText.of(problem)));
      if (!problems.isEmpty()) {
        err.println("%s; 'explain CODE' tells more about each".formatted(counted(problems)));
      }
      if (valid && outcome instanceof Loaded loaded) {
        out.println("valid: " + amount(loaded.plan().services().size(), "service"));
      }
    }
    return valid ? ConfigCommands.DONE : ConfigCommands.INVALID;
  }

  /// Prints what leads from one configuration to another.
  int compare(PlanDiff diff, CommandOptions options) {
    if (options.has("--json")) {
      out.println(JsonText.line(DiffText.json(diff)));
    } else {
      out.print(DiffText.of(diff));
    }
    return ConfigCommands.DONE;
  }

  private static String counted(List<Problem> problems) {
    long errors = problems.stream().filter(p -> p.severity() == Problem.Severity.ERROR).count();
    return amount(errors, "error") + ", " + amount(problems.size() - errors, "warning");
  }

  private static String amount(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static Map<String, Object> json(boolean valid, List<Problem> problems) {
    List<Object> all = new ArrayList<>();
    for (Problem problem : problems) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("severity", problem.severity().name().toLowerCase(Locale.ROOT));
      one.put("code", problem.code());
      one.put("place", problem.place());
      one.put("path", problem.path());
      one.put("message", problem.message());
      if (!problem.help().isEmpty()) {
        one.put("help", problem.help());
      }
      all.add(one);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("valid", valid);
    json.put("problems", all);
    return json;
  }
}

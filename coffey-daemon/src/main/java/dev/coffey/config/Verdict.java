package dev.coffey.config;

import dev.coffey.config.tree.Finding;
import dev.coffey.config.tree.Problems;
import dev.coffey.spec.DaemonSpec;
import dev.coffey.spec.Plan;
import dev.coffey.spec.Problem;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Weighs what was found: whether there is a plan, and which services a bad drop-in has disabled.
final class Verdict {
  private final boolean tolerant;
  private final List<Document> documents;
  private final Assembly assembly;

  Verdict(ConfigRequest.Tolerance tolerance, List<Document> documents, Assembly assembly) {
    this.tolerant = tolerance == ConfigRequest.Tolerance.BOOT;
    this.documents = documents;
    this.assembly = assembly;
  }

  ConfigOutcome of(Problems general, DaemonSpec daemon, Effective effective) {
    boolean refused = isRefused(general);
    if (!refused) {
      assembly.spread();
    }
    SortedMap<String, List<Problem>> invalid = new TreeMap<>();
    List<Finding> all = new ArrayList<>(general.findings());
    for (Document document : documents) {
      add(document.stem(), document.problems(), invalid, all);
    }
    for (Draft draft : assembly.drafts()) {
      add(draft.name().value(), draft.problems(), invalid, all);
    }
    int dropped = dropped(general);
    if (refused) {
      return new ConfigOutcome.Refused(problems(all, dropped));
    }
    List<Finding> warnings = all.stream().filter(finding -> !finding.isError()).toList();
    SortedMap<ServiceName, ServiceSpec> usable = assembly.usable();
    Plan plan =
        new Plan(daemon, usable, leftOut(invalid, usable.keySet()), assembly.names().members());
    return new ConfigOutcome.Loaded(plan, problems(warnings, dropped), effective, invalid);
  }

  /// What has the name of a service; a service that runs without its broken drop-in is not left
  /// out.
  private static SortedMap<ServiceName, Problem> leftOut(
      SortedMap<String, List<Problem>> invalid, Set<ServiceName> usable) {
    SortedMap<ServiceName, Problem> leftOut = new TreeMap<>();
    invalid.forEach((name, problems) -> {
      if (ServiceName.valid(name) && !usable.contains(new ServiceName(name))) {
        problems.stream()
            .filter(problem -> problem.severity() == Problem.Severity.ERROR)
            .findFirst()
            .ifPresent(problem -> leftOut.put(new ServiceName(name), problem));
      }
    });
    return leftOut;
  }

  private boolean isRefused(Problems general) {
    boolean refused = general.hasErrors();
    for (Document document : documents) {
      refused |= document.problems().hasErrors() && !(tolerant && document.dropIn());
    }
    for (Draft draft : assembly.drafts()) {
      refused |= draft.isBroken() && !(tolerant && draft.definition().fromDropIn());
    }
    return refused;
  }

  private static void add(
      String name, Problems problems, SortedMap<String, List<Problem>> invalid, List<Finding> all) {
    List<Finding> findings = problems.findings();
    all.addAll(findings);
    if (problems.hasErrors()) {
      invalid.put(name, problems(findings, problems.dropped()));
    }
  }

  private int dropped(Problems general) {
    int dropped = general.dropped();
    for (Document document : documents) {
      dropped += document.problems().dropped();
    }
    for (Draft draft : assembly.drafts()) {
      dropped += draft.problems().dropped();
    }
    return dropped;
  }

  /// The problems to tell: each once, by place, and where there are too many of them the errors
  /// before the warnings.
  private static List<Problem> problems(List<Finding> findings, int dropped) {
    Set<List<String>> told = new HashSet<>();
    List<Finding> fresh = new ArrayList<>();
    for (Finding finding : findings) {
      Problem problem = finding.problem();
      if (told.add(List.of(problem.place(), problem.code(), problem.message()))) {
        fresh.add(finding);
      }
    }
    fresh.sort(Comparator.comparing((Finding f) -> !f.isError()).thenComparing(Problems.BY_PLACE));
    List<Finding> kept = fresh.subList(0, Math.min(fresh.size(), Problems.PROBLEMS_MAX));
    List<Problem> problems = new ArrayList<>();
    kept.stream().sorted(Problems.BY_PLACE).forEach(finding -> problems.add(finding.problem()));
    int more = fresh.size() - kept.size() + dropped;
    if (more > 0) {
      Problems rest = new Problems();
      rest.warning(
          "more-problems",
          kept.getLast().place(),
          "",
          "%d more problems are not shown".formatted(more),
          "correct these first");
      problems.add(rest.findings().getFirst().problem());
    }
    return problems;
  }
}

package dev.coffey.config;

import dev.coffey.config.tree.Finding;
import dev.coffey.config.tree.Problems;
import dev.coffey.spec.DaemonSpec;
import dev.coffey.spec.Plan;
import dev.coffey.spec.Problem;
import java.util.ArrayList;
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
    if (refused) {
      return new ConfigOutcome.Refused(problems(all));
    }
    List<Finding> warnings = all.stream().filter(finding -> !finding.isError()).toList();
    Plan plan = new Plan(daemon, assembly.usable());
    return new ConfigOutcome.Loaded(plan, problems(warnings), effective, invalid);
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
      invalid.put(name, problems(findings));
    }
  }

  private static List<Problem> problems(List<Finding> findings) {
    Set<List<String>> told = new HashSet<>();
    List<Problem> problems = new ArrayList<>();
    for (Finding finding : findings.stream().sorted(Problems.BY_PLACE).toList()) {
      Problem problem = finding.problem();
      boolean fresh = told.add(List.of(problem.place(), problem.code(), problem.message()));
      if (fresh && problems.size() < Problems.PROBLEMS_MAX) {
        problems.add(problem);
      }
    }
    return problems;
  }
}

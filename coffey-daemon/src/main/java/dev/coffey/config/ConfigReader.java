package dev.coffey.config;

import dev.coffey.config.keys.Checker;
import dev.coffey.config.keys.DaemonKeys;
import dev.coffey.config.keys.Later;
import dev.coffey.config.keys.ServiceKeys;
import dev.coffey.config.keys.Values;
import dev.coffey.config.tree.Finding;
import dev.coffey.config.tree.KeyPath;
import dev.coffey.config.tree.NearestWord;
import dev.coffey.config.tree.Place;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Source;
import dev.coffey.config.tree.Tree;
import dev.coffey.spec.DaemonSpec;
import dev.coffey.spec.Plan;
import dev.coffey.spec.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads a configuration: files to a plan, or to all that is wrong with them.
public final class ConfigReader {
  private static final KeyPath COFFEY = KeyPath.TOP.key("coffey");

  private final ConfigFiles files;
  private final Host host;

  public ConfigReader(ConfigFiles files, Host host) {
    this.files = files;
    this.host = host;
  }

  /// Reads what is asked for; nothing is kept between two calls.
  public ConfigOutcome read(ConfigRequest request) {
    Problems general = new Problems();
    FileSet.Found found = new FileSet(files, host, general).find(request.configs());
    Definitions definitions = new Definitions();
    Tree.Mapping coffey = Tree.Mapping.empty(Place.whole(Source.named("default")));
    for (Document document : found.documents()) {
      if (!document.problems().hasErrors()) {
        checkTop(document);
        definitions.add(document);
        coffey = overlaid(coffey, document);
      }
    }
    Tree.Mapping checked =
        new Checker(general, Later.KEYS).fields(coffey, DaemonKeys.COFFEY, COFFEY);
    DaemonSpec daemon =
        new DaemonReader(found.base(), host).read(new Values(DaemonKeys.COFFEY, checked, COFFEY));
    Assembly assembly = Assembly.of(definitions.services().values(), found.base(), host);
    return outcome(request, general, found.documents(), daemon, assembly);
  }

  private static Tree.Mapping overlaid(Tree.Mapping coffey, Document document) {
    Tree written = document.top().value("coffey");
    Tree.Mapping merged = coffey;
    if (written instanceof Tree.Mapping mapping) {
      for (var entry : mapping.fields().entrySet()) {
        merged = merged.with(entry.getKey(), entry.getValue());
      }
    } else if (written != null && !(written instanceof Tree.Empty)) {
      String message = "must be a map, not " + written.kind();
      document.problems().error("wrong-type", written.place(), COFFEY, message, "");
    }
    return merged;
  }

  private static void checkTop(Document document) {
    if (document.isOneService()) {
      return;
    }
    var known = ServiceKeys.FILE.keys().keySet();
    document
        .top()
        .fields()
        .forEach((name, field) -> {
          Problems problems = document.problems();
          if (name.startsWith("x-")) {
            return;
          }
          if (!known.contains(name)) {
            problems.error(
                "unknown-key",
                field.place(),
                name,
                "unknown key '%s'".formatted(name),
                NearestWord.help(name, known));
          } else if (Later.KEYS.contains("file." + name)) {
            problems.error(
                "unsupported-key",
                field.place(),
                name,
                "'%s' is not supported in this version".formatted(name),
                "remove it");
          } else if (document.dropIn() && !name.equals("services")) {
            problems.error(
                "main-file-only",
                field.place(),
                name,
                "'%s' belongs into the main file".formatted(name),
                "");
          }
        });
  }

  private static ConfigOutcome outcome(
      ConfigRequest request,
      Problems general,
      List<Document> documents,
      DaemonSpec daemon,
      Assembly assembly) {
    boolean tolerant = request.tolerance() == ConfigRequest.Tolerance.BOOT;
    boolean refused = general.hasErrors();
    SortedMap<String, List<Problem>> invalid = new TreeMap<>();
    List<Finding> all = new ArrayList<>(general.findings());
    for (Document document : documents) {
      List<Finding> findings = document.problems().findings();
      all.addAll(findings);
      if (document.problems().hasErrors()) {
        refused |= !(tolerant && document.dropIn());
        invalid.put(document.stem(), problems(findings));
      }
    }
    for (Draft draft : assembly.drafts()) {
      refused |= draft.isBroken() && !(tolerant && draft.definition().fromDropIn());
    }
    if (!refused) {
      assembly.spread();
    }
    for (Draft draft : assembly.drafts()) {
      List<Finding> findings = draft.problems().findings();
      all.addAll(findings);
      if (draft.isBroken()) {
        invalid.put(draft.name().value(), problems(findings));
      }
    }
    return refused
        ? new ConfigOutcome.Refused(problems(all))
        : new ConfigOutcome.Loaded(new Plan(daemon, assembly.usable()), warnings(all), invalid);
  }

  private static List<Problem> warnings(List<Finding> all) {
    return problems(all.stream().filter(finding -> !finding.isError()).toList());
  }

  private static List<Problem> problems(List<Finding> findings) {
    return findings.stream().sorted(Problems.BY_PLACE).map(Finding::problem).distinct().toList();
  }
}

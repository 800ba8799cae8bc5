package dev.coffey.config;

import dev.coffey.config.keys.Checker;
import dev.coffey.config.keys.Later;
import dev.coffey.config.keys.ServiceKeys;
import dev.coffey.config.keys.Values;
import dev.coffey.config.lint.Facts;
import dev.coffey.config.lint.Lint;
import dev.coffey.config.lint.Subject;
import dev.coffey.config.tree.KeyPath;
import dev.coffey.config.tree.Problems;
import dev.coffey.spec.DaemonSpec;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Reads a configuration: files to a plan, or to all that is wrong with them.
public final class ConfigReader {
  private final ConfigFiles files;
  private final Host host;
  private final Set<String> later;

  public ConfigReader(ConfigFiles files, Host host) {
    this(files, host, Later.KEYS);
  }

  /// @param later what is refused as not supported yet
  ConfigReader(ConfigFiles files, Host host, Set<String> later) {
    this.files = files;
    this.host = host;
    this.later = later;
  }

  /// Reads what is asked for; nothing is kept between two calls.
  public ConfigOutcome read(ConfigRequest request) {
    Problems general = new Problems();
    FileSet.Found found = new FileSet(files, host, general).find(configs(request));
    Checker checker = new Checker(general, later);
    Combination.Combined combined =
        new Combination(host, checker, general).combine(found.documents(), request);
    Values top = new Values(ServiceKeys.FILE, combined.top(), KeyPath.TOP);
    DaemonSpec daemon = new DaemonReader(found.base(), host, general).read(top.fields("coffey"));
    ServiceReader reader = new ServiceReader(found.base(), host, combined.defaults());
    Assembly assembly = new Assembly(combined, checker, reader);
    assembly.assemble();
    new CrossChecks(daemon.doors(), combined, found.documents())
        .check(top, general, assembly.drafts());
    lint(daemon, top.fields("coffey"), general, assembly);
    boolean read = found.documents().stream().noneMatch(file -> file.problems().hasErrors());
    if (read && !general.hasErrors() && combined.isEmpty()) {
      String help = "write one below 'services'";
      general.warning("no-services", top.place(), "services", "there is no service", help);
    }
    Effective effective = new Effective(combined, daemon, top, assembly.written(), later);
    return new Verdict(request.tolerance(), found.documents(), assembly)
        .of(general, daemon, effective);
  }

  private void lint(DaemonSpec daemon, Values coffey, Problems general, Assembly assembly) {
    SequencedMap<ServiceName, Subject.Service> services = new LinkedHashMap<>();
    for (ServiceSpec spec : assembly.usable().values()) {
      Draft draft = assembly.draft(spec.name());
      services.put(spec.name(), new Subject.Service(spec, draft.values(), draft.problems()));
    }
    // Many services have few binaries: each file is looked at once.
    Map<Path, Optional<Facts.FileFacts>> known = new HashMap<>();
    Facts facts = path -> known.computeIfAbsent(path, files::facts);
    Lint.check(new Subject(daemon, coffey, general, services, facts, host.isRoot()));
  }

  private List<String> configs(ConfigRequest request) {
    String variable = host.variable("COFFEY_CONFIG");
    return request.configs().isEmpty() && !variable.isEmpty()
        ? List.of(variable)
        : request.configs();
  }
}

package dev.coffey.process;

import dev.coffey.spec.EnvSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A process's variables, computed afresh for each launch from the configuration alone.
final class Environment {
  private static final String PATH_DEFAULT =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final Pattern SHELL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final SortedMap<String, String> variables;

  private Environment(SortedMap<String, String> variables) {
    this.variables = variables;
  }

  /// From the farthest source to the nearest; the nearer one wins.
  static Environment of(
      EnvSpec spec, Account account, Surroundings own, Map<String, String> injected)
      throws LaunchException {
    SortedMap<String, String> variables = new TreeMap<>();
    if (!spec.clear()) {
      variables.putAll(base(account, own));
    }
    for (String name : spec.pass()) {
      Optional.ofNullable(own.variables().get(name)).ifPresent(value -> variables.put(name, value));
    }
    variables.putAll(spec.defaults());
    for (EnvSpec.EnvFile file : spec.files()) {
      variables.putAll(EnvFileReader.read(file));
    }
    variables.putAll(spec.set());
    variables.putAll(injected);
    return new Environment(variables);
  }

  /// The directories a binary is looked up in.
  String path() {
    return variables.getOrDefault("PATH", PATH_DEFAULT);
  }

  List<String> entries() {
    return variables.entrySet().stream().map(Environment::text).toList();
  }

  /// Those whose names are no shell's names, which a shell would not hand on.
  List<String> oddEntries() {
    return variables.entrySet().stream()
        .filter(each -> !SHELL_NAME.matcher(each.getKey()).matches())
        .map(Environment::text)
        .toList();
  }

  private static String text(Map.Entry<String, String> each) {
    return each.getKey() + "=" + each.getValue();
  }

  /// An ordinary user's own PATH is kept, since what they run often lives in their home; root's
  /// services get the same PATH whoever has started the daemon.
  private static Map<String, String> base(Account account, Surroundings own) {
    Map<String, String> outer = own.variables();
    SortedMap<String, String> base = new TreeMap<>();
    base.put("PATH", own.root() ? PATH_DEFAULT : outer.getOrDefault("PATH", PATH_DEFAULT));
    base.put("HOME", account.home());
    base.put("USER", account.user());
    base.put("SHELL", account.shell());
    base.put("LANG", outer.getOrDefault("LANG", "C.UTF-8"));
    Optional.ofNullable(outer.get("TZ")).ifPresent(zone -> base.put("TZ", zone));
    return base;
  }
}

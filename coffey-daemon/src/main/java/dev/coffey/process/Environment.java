package dev.coffey.process;

import dev.coffey.spec.EnvSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// A process's variables, computed afresh for each launch from the configuration alone.
final class Environment {
  private static final String PATH_DEFAULT =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final Pattern SHELL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /// Shells set these themselves, whatever they are given.
  private static final Set<String> SHELLS_OWN =
      Set.of("_", "EUID", "IFS", "OLDPWD", "OPTIND", "PPID", "PWD", "SHLVL", "UID");

  private final SortedMap<String, String> variables;

  private Environment(SortedMap<String, String> variables) {
    this.variables = variables;
  }

  /// From the farthest source to the nearest; the nearer one wins.
  ///
  /// @param injection puts in what wins over all of it
  static Environment of(
      EnvSpec spec, Account account, Surroundings own, Consumer<Map<String, String>> injection)
      throws LaunchException {
    SortedMap<String, String> variables = new TreeMap<>();
    if (!spec.clear()) {
      putBase(variables, account, own);
    }
    for (String name : spec.pass()) {
      Optional.ofNullable(own.variables().get(name)).ifPresent(value -> variables.put(name, value));
    }
    variables.putAll(spec.defaults());
    for (EnvSpec.EnvFile file : spec.files()) {
      variables.putAll(EnvFileReader.read(file));
    }
    variables.putAll(spec.set());
    injection.accept(variables);
    return new Environment(variables);
  }

  /// Whether a program that looks for another knows where.
  boolean hasPath() {
    return variables.containsKey("PATH");
  }

  /// The directories a binary is looked up in.
  String path() {
    return variables.getOrDefault("PATH", PATH_DEFAULT);
  }

  List<String> entries() {
    List<String> entries = new ArrayList<>(variables.size());
    for (Map.Entry<String, String> each : variables.entrySet()) {
      entries.add(text(each.getKey(), each.getValue()));
    }
    return entries;
  }

  /// Those that a shell would not hand on as they are: their names are none for it, or its own.
  List<String> oddEntries() {
    return variables.entrySet().stream()
        .filter(each -> !passesShell(each.getKey()))
        .map(each -> text(each.getKey(), each.getValue()))
        .toList();
  }

  private static boolean passesShell(String name) {
    return SHELL_NAME.matcher(name).matches() && !SHELLS_OWN.contains(name);
  }

  private static String text(String name, String value) {
    return name + "=" + value;
  }

  /// An ordinary user's own PATH is kept, since what they run often lives in their home; root's
  /// services get the same PATH whoever has started the daemon.
  private static void putBase(Map<String, String> variables, Account account, Surroundings own) {
    Map<String, String> outer = own.variables();
    variables.put("PATH", own.root() ? PATH_DEFAULT : outer.getOrDefault("PATH", PATH_DEFAULT));
    variables.put("HOME", account.home());
    variables.put("USER", account.user());
    variables.put("SHELL", account.shell());
    variables.put("LANG", outer.getOrDefault("LANG", "C.UTF-8"));
    String zone = outer.get("TZ");
    if (zone != null) {
      variables.put("TZ", zone);
    }
  }
}

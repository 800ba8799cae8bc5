package dev.coffey.config;

import dev.coffey.config.ConfigRequest.Tolerance;
import dev.coffey.config.tree.NearestWord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The arguments of the commands about configuration. What the client takes with every verb, and
/// has no meaning here, is passed over.
///
/// @param words what is no option
record CommandOptions(
    List<String> words,
    List<String> configs,
    List<String> settings,
    List<String> disabled,
    List<String> profiles,
    List<String> against,
    Set<String> flags) {
  private static final Set<String> VALUED =
      Set.of(
          "--config", "-c", "--set", "--disable", "--profile", "--against", "--socket", "--color");
  private static final Set<String> FLAGS =
      Set.of(
          "--strict",
          "--origin",
          "--json",
          "-j",
          "--drop-in",
          "--page",
          "--verbose",
          "-v",
          "-vv",
          "-vvv");

  /// What each verb takes beside what the client takes with all of them.
  private static final Map<String, Set<String>> OWN =
      Map.of(
          "validate",
              Set.of("--config", "-c", "--set", "--disable", "--profile", "--strict", "--against"),
          "config", Set.of("--config", "-c", "--set", "--disable", "--profile", "--origin"),
          "schema", Set.of("--drop-in", "--page"),
          "init", Set.of(),
          "explain", Set.of());

  private static final Set<String> OF_ALL =
      Set.of("--json", "-j", "--socket", "--color", "--verbose", "-v", "-vv", "-vvv");

  /// The arguments cannot be understood; the message says why.
  static final class Misused extends Exception {
    private static final long serialVersionUID = 1;

    Misused(String message) {
      super(message);
    }
  }

  /// What is written behind a verb.
  static CommandOptions of(String verb, List<String> args) throws Misused {
    Set<String> own = OWN.get(verb);
    if (own == null) {
      throw new Misused("no such command: '%s'".formatted(verb));
    }
    Set<String> allowed = new TreeSet<>(own);
    allowed.addAll(OF_ALL);
    CommandOptions options = none();
    Iterator<String> rest = args.iterator();
    while (rest.hasNext()) {
      options.take(rest.next(), rest, allowed);
    }
    return options;
  }

  /// For arguments that cannot be understood: whoever asked for JSON gets it also then.
  static CommandOptions asked(List<String> args) {
    CommandOptions options = none();
    if (args.contains("-j") || args.contains("--json")) {
      options.flags.add("--json");
    }
    return options;
  }

  private static CommandOptions none() {
    return new CommandOptions(
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new HashSet<>());
  }

  private void take(String arg, Iterator<String> rest, Set<String> allowed) throws Misused {
    int equals = arg.startsWith("--") ? arg.indexOf('=') : -1;
    String name = equals < 0 ? arg : arg.substring(0, equals);
    if (!name.startsWith("-") || name.length() == 1) {
      words.add(arg);
    } else if (!allowed.contains(name) || (equals >= 0 && FLAGS.contains(name))) {
      String help =
          NearestWord.of(name, allowed).map(" (did you mean '%s'?)"::formatted).orElse("");
      throw new Misused("unknown option '%s'%s".formatted(arg, help));
    } else if (VALUED.contains(name)) {
      if (equals < 0 && !rest.hasNext()) {
        throw new Misused("option '%s' needs a value".formatted(name));
      }
      value(name, equals < 0 ? rest.next() : arg.substring(equals + 1));
    } else {
      flags.add(arg.equals("-j") ? "--json" : arg);
    }
  }

  private void value(String name, String value) {
    switch (name) {
      case "--set" -> settings.add(value);
      case "--disable" -> disabled.add(value);
      case "--profile" -> profiles.add(value);
      case "--against" -> against.add(value);
      case "--config", "-c" -> configs.add(value);
      default -> {}
    }
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }

  /// The request, all or nothing, for these files.
  ConfigRequest request(List<String> files) {
    return new ConfigRequest(files, settings, disabled, profiles, Tolerance.NONE);
  }
}

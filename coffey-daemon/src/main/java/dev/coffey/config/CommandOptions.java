package dev.coffey.config;

import dev.coffey.config.ConfigRequest.Tolerance;
import dev.coffey.config.tree.NearestWord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

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
      Set.of("--strict", "--origin", "--json", "--drop-in", "--page", "--verbose", "-v");

  /// The arguments cannot be understood; the message says why.
  static final class Misused extends Exception {
    private static final long serialVersionUID = 1;

    Misused(String message) {
      super(message);
    }
  }

  static CommandOptions of(List<String> args) throws Misused {
    CommandOptions options = none();
    Iterator<String> rest = args.iterator();
    while (rest.hasNext()) {
      options.take(rest.next(), rest);
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

  private void take(String arg, Iterator<String> rest) throws Misused {
    int equals = arg.startsWith("--") ? arg.indexOf('=') : -1;
    String name = equals < 0 ? arg : arg.substring(0, equals);
    if (VALUED.contains(name)) {
      if (equals < 0 && !rest.hasNext()) {
        throw new Misused("option '%s' needs a value".formatted(name));
      }
      String value = equals < 0 ? rest.next() : arg.substring(equals + 1);
      switch (name) {
        case "--set" -> settings.add(value);
        case "--disable" -> disabled.add(value);
        case "--profile" -> profiles.add(value);
        case "--against" -> against.add(value);
        case "--config", "-c" -> configs.add(value);
        default -> {}
      }
    } else if (arg.equals("-j")) {
      flags.add("--json");
    } else if (FLAGS.contains(arg)) {
      flags.add(arg);
    } else if (arg.startsWith("-") && arg.length() > 1) {
      List<String> known = new ArrayList<>(VALUED);
      known.addAll(FLAGS);
      String help = NearestWord.of(arg, known).map(" (did you mean '%s'?)"::formatted).orElse("");
      throw new Misused("unknown option '%s'%s".formatted(arg, help));
    } else {
      words.add(arg);
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

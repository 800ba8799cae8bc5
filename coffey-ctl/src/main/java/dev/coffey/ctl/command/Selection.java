package dev.coffey.ctl.command;

import dev.coffey.v1.ServiceSelector;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Which services a command is about: names and patterns, labels, or all.
final class Selection {
  /// How a service is called in help texts.
  static final String SERVICE = "SERVICE";

  private static final String LABEL = "--label";
  private static final String ALL = "--all";

  private Selection() {}

  /// For verbs that read, where naming nothing means all.
  static void addOptionalTo(CommandSpec spec) {
    spec.addPositional(
        Specs.many("0..*", SERVICE, "Names, groups, or patterns like 'web@*'; none for all."));
    addLabel(spec);
  }

  /// For verbs that change something; `index` is where the names begin.
  static void addTo(CommandSpec spec, String index) {
    spec.addPositional(Specs.many(index, SERVICE, "Names, groups, or patterns like 'web@*'."));
    addLabel(spec);
    spec.addOption(Specs.flag("All services.", ALL));
  }

  static ServiceSelector read(ParseResult arguments) {
    return ServiceSelector.newBuilder()
        .addAllNames(names(arguments))
        .addAllLabels(arguments.matchedOptionValue(LABEL, List.<String>of()))
        .setAll(arguments.commandSpec().findOption(ALL) != null && arguments.hasMatchedOption(ALL))
        .build();
  }

  /// Refuses to change everything by accident.
  static ServiceSelector readSome(ParseResult arguments) {
    ServiceSelector selector = read(arguments);
    boolean named = selector.getNamesCount() > 0 || selector.getLabelsCount() > 0;
    String verb = arguments.commandSpec().name();
    if (!named && !selector.getAll()) {
      throw VerbFailed.usage(
          "cannot %s: name at least one service, or give --label or --all".formatted(verb));
    }
    if (selector.getNamesCount() > 0 && selector.getAll()) {
      throw VerbFailed.usage("cannot %s: give names or --all, not both".formatted(verb));
    }
    return selector;
  }

  static List<String> names(ParseResult arguments) {
    Set<String> names = new TreeSet<>();
    for (ArgSpec positional : arguments.matchedPositionals()) {
      if (positional.paramLabel().equals(SERVICE)) {
        List<String> given = positional.getValue();
        names.addAll(given);
      }
    }
    return List.copyOf(names);
  }

  static boolean isOneName(ServiceSelector selector) {
    return selector.getNamesCount() == 1
        && selector.getLabelsCount() == 0
        && selector.getNames(0).chars().noneMatch(c -> c == '*' || c == '?');
  }

  private static void addLabel(CommandSpec spec) {
    spec.addOption(
        Specs.values(
            "KEY[=VALUE]", "Only services with this label; may be repeated.", "-l", LABEL));
  }
}

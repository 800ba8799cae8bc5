package dev.coffey.ctl.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The completion script for fish.
final class FishCompletion {
  private FishCompletion() {}

  static String script(String program) {
    CommandSpec top = CommandLines.buildAll(program).getCommandSpec();
    String complete = "complete -c " + program;
    StringBuilder script = new StringBuilder();
    script.append("# Completes what may stand for a service; nothing where no daemon answers.\n");
    script.append("function __%s_services\n".formatted(program));
    script.append("    command %s completion --names 2>/dev/null\n".formatted(program));
    script.append("end\n");
    script.append(complete).append(" -f\n");
    top.options().forEach(option -> script.append(complete).append(option(option)));
    top.subcommands()
        .forEach((name, verb) -> {
          CommandSpec spec = verb.getCommandSpec();
          script
              .append(complete)
              .append(" -n __fish_use_subcommand -a %s".formatted(name))
              .append(description(spec.usageMessage().description()))
              .append('\n');
          String within = complete + " -n '__fish_seen_subcommand_from %s'".formatted(name);
          if (CompletionVerb.takesServices(spec)) {
            script.append(within).append(" -a '(__%s_services)'%n".formatted(program));
          }
          spec.options().forEach(option -> script.append(within).append(option(option)));
        });
    return script.toString().stripTrailing();
  }

  private static String option(OptionSpec option) {
    StringBuilder line = new StringBuilder();
    for (String name : option.names()) {
      line.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
    }
    if (option.arity().max() > 0) {
      line.append(" -r");
    }
    return line.append(description(option.description())).append('\n').toString();
  }

  /// The first line of a description.
  private static String description(String[] lines) {
    return lines.length == 0
        ? ""
        : " -d '" + lines[0].replace("%%", "%").replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}

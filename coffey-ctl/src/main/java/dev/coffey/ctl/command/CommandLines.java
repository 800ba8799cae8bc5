package dev.coffey.ctl.command;

import dev.coffey.ctl.client.CallFailed;
import dev.coffey.ctl.output.Screen;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Reads a command line, runs its verb, and turns whatever goes wrong into one line and an exit
/// code.
public final class CommandLines {
  private static final int HELP_COLUMNS = 100;

  private CommandLines() {}

  /// The names of all verbs, in the order of the help.
  public static List<String> verbs() {
    return Verbs.all().stream().map(Verb::name).toList();
  }

  public static int run(String program, String[] arguments, Surroundings surroundings) {
    CommandLine commandLine = build(program, meant(arguments));
    ParseResult parsed;
    GlobalOptions options;
    try {
      parsed = commandLine.parseArgs(arguments);
      options = GlobalOptions.read(parsed);
    } catch (ParameterException e) {
      Screen screen = GlobalOptions.guess(arguments).screen(program, surroundings);
      return Complaints.tell(screen, VerbFailed.usage(sentence(program, e)));
    } catch (VerbFailed e) {
      return Complaints.tell(GlobalOptions.guess(arguments).screen(program, surroundings), e);
    }
    for (CommandLine asked : parsed.asCommandLineList()) {
      if (asked.isUsageHelpRequested()) {
        asked.usage(surroundings.out(), CommandLine.Help.Ansi.OFF);
        return ExitCode.DONE.number();
      }
    }
    if (parsed.isVersionHelpRequested()) {
      surroundings.out().println(program + " " + VersionVerb.ofClient());
      return ExitCode.DONE.number();
    }
    if (!parsed.hasSubcommand()) {
      commandLine.usage(surroundings.err(), CommandLine.Help.Ansi.OFF);
      return ExitCode.USAGE.number();
    }
    Screen screen = options.screen(program, surroundings);
    try (Session session = new Session(options, surroundings, screen)) {
      return run(parsed.subcommand(), session);
    }
  }

  private static int run(ParseResult arguments, Session session) {
    try {
      return Verbs.named(arguments.commandSpec().name()).orElseThrow().run(arguments, session);
    } catch (VerbFailed e) {
      return Complaints.tell(session.screen(), e);
    } catch (CallFailed e) {
      return Complaints.tell(session.screen(), e);
    }
  }

  /// The verbs that this command line can be about: one as a rule, and making the others ready
  /// takes longer than all the rest. All of them where help or a suggestion needs them.
  private static List<Verb> meant(String[] arguments) {
    String before = "";
    for (String argument : arguments) {
      if (!argument.startsWith("-") && !GlobalOptions.takesValue(before)) {
        return Verbs.named(argument).map(List::of).orElseGet(Verbs::all);
      }
      before = argument;
    }
    return Verbs.all();
  }

  /// All there is, for those who print it.
  static CommandLine buildAll(String program) {
    return build(program, Verbs.all());
  }

  private static CommandLine build(String program, List<Verb> verbs) {
    CommandSpec top = CommandSpec.create().name(program);
    GlobalOptions.addTo(top);
    top.addOption(
        OptionSpec.builder("--version")
            .versionHelp(true)
            .description("Show the version of this client.")
            .build());
    CommandLine commandLine = new CommandLine(top);
    top.usageMessage()
        .synopsisSubcommandLabel("COMMAND")
        .abbreviateSynopsis(true)
        .sortOptions(false)
        .description("Talks to coffeyd, which supervises services.")
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(exitCodes())
        .footer("", "'" + program + " COMMAND --help' tells all about one command.");
    for (Verb verb : verbs) {
      CommandSpec spec = verb.spec();
      GlobalOptions.addTo(spec);
      nameProgram(spec, program);
      commandLine.addSubcommand(spec.name(), new CommandLine(spec));
    }
    return commandLine.setUsageHelpWidth(HELP_COLUMNS);
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      codes.put(String.valueOf(code.number()), code.meaning());
    }
    return codes;
  }

  private static void nameProgram(CommandSpec spec, String program) {
    String[] footer = spec.usageMessage().footer();
    spec.usageMessage()
        .footer(
            Stream.of(footer)
                .map(line -> line.replace("{program}", program))
                .toArray(String[]::new));
  }

  /// The parser's complaint in our grammar, with what was probably meant.
  private static String sentence(String program, ParameterException complaint) {
    String command = complaint.getCommandLine().getCommandSpec().qualifiedName();
    String what = String.valueOf(complaint.getMessage());
    if (complaint instanceof UnmatchedArgumentException unmatched) {
      String given = unmatched.getUnmatched().getFirst();
      String kind = command.equals(program) && !given.startsWith("-") ? "command" : "argument";
      List<String> near = unmatched.getSuggestions();
      what =
          "no such %s: '%s'%s"
              .formatted(
                  kind,
                  given,
                  near.isEmpty() ? "" : "; did you mean '%s'?".formatted(near.getFirst()));
    } else {
      what = Character.toLowerCase(what.charAt(0)) + what.substring(1);
    }
    return "%s (see '%s --help')".formatted(what, command);
  }
}

package dev.coffey.ctl.command;

import dev.coffey.ctl.client.ControlSocket;
import dev.coffey.ctl.output.Palette;
import dev.coffey.ctl.output.Screen;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// The options that every command takes, before its name as well as after.
record GlobalOptions(@Nullable String socket, boolean json, int verbosity, String color) {
  private static final String SOCKET = "--socket";
  private static final String JSON = "--json";
  private static final String VERBOSE = "--verbose";
  private static final String COLOR = "--color";
  private static final int COLUMNS_MIN = 40;

  static void addTo(CommandSpec spec) {
    spec.addArgGroup(
        ArgGroupSpec.builder()
            .heading("%nOptions of every command:%n")
            .validate(false)
            .addArg(
                Specs.value(
                    "PATH",
                    "The daemon's socket; else $COFFEY_SOCKET, else /run/coffey.sock as root and "
                        + "$XDG_RUNTIME_DIR/coffey/coffey.sock as anybody else.",
                    SOCKET))
            .addArg(Specs.flag("Print JSON: one document, or one a line for streams.", "-j", JSON))
            .addArg(
                OptionSpec.builder("-v", VERBOSE)
                    .type(boolean[].class)
                    .arity("0")
                    .description(
                        "Tell more: -v operations and times, -vv socket and calls, -vvv each message.")
                    .build())
            .addArg(
                Specs.value(
                    "WHEN", "auto (on a terminal, and unless NO_COLOR), always or never.", COLOR))
            .addArg(
                OptionSpec.builder("-h", "--help")
                    .type(boolean.class)
                    .usageHelp(true)
                    .description("Show this help.")
                    .build())
            .build());
  }

  /// What stands nearest to the verb's arguments wins.
  static GlobalOptions read(ParseResult top) {
    ParseResult verb = top.hasSubcommand() ? top.subcommand() : top;
    Function<String, @Nullable String> value =
        name -> verb.matchedOptionValue(name, top.<@Nullable String>matchedOptionValue(name, null));
    String color = value.apply(COLOR);
    if (color != null && !color.matches("auto|always|never")) {
      throw VerbFailed.usage("--color takes auto, always or never, not '%s'".formatted(color));
    }
    return new GlobalOptions(
        value.apply(SOCKET),
        verb.hasMatchedOption(JSON) || top.hasMatchedOption(JSON),
        count(top) + (top.hasSubcommand() ? count(verb) : 0),
        color == null ? "auto" : color);
  }

  static boolean takesValue(String argument) {
    return argument.equals(SOCKET) || argument.equals(COLOR);
  }

  /// For when the command line could not be read: whoever asked for JSON gets it also then.
  static GlobalOptions guess(String[] arguments) {
    for (String argument : arguments) {
      if (argument.equals("-j") || argument.equals(JSON)) {
        return new GlobalOptions(null, true, 0, "auto");
      }
    }
    return new GlobalOptions(null, false, 0, "auto");
  }

  ControlSocket controlSocket(Map<String, String> environment) {
    return ControlSocket.find(socket, environment);
  }

  Screen screen(String program, Surroundings surroundings) {
    boolean terminal = surroundings.terminal();
    boolean plain = !surroundings.environment().getOrDefault("NO_COLOR", "").isEmpty();
    boolean coloured = color.equals("always") || (color.equals("auto") && terminal && !plain);
    int columns = terminal ? Terminal.columns(surroundings.environment()) : Integer.MAX_VALUE;
    return new Screen(
        program,
        surroundings.out(),
        surroundings.err(),
        new Screen.Look(
            json, coloured ? Palette.COLOURED : Palette.PLAIN, Math.max(columns, COLUMNS_MIN)));
  }

  private static int count(ParseResult result) {
    return result.matchedOptionValue(VERBOSE, new boolean[0]).length;
  }
}

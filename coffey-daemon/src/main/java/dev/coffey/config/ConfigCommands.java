package dev.coffey.config;

import dev.coffey.config.CommandOptions.Misused;
import dev.coffey.config.ConfigOutcome.Loaded;
import dev.coffey.config.ConfigOutcome.Refused;
import dev.coffey.config.keys.JsonSchema;
import dev.coffey.config.keys.Later;
import dev.coffey.config.keys.ReferencePage;
import dev.coffey.config.tree.NearestWord;
import dev.coffey.spec.Plan;
import dev.coffey.spec.PlanDiff;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The commands about configuration that need no daemon: `validate`, `config`, `schema`, `init` and
/// `explain`.
public final class ConfigCommands {
  static final int DONE = 0;
  static final int USAGE = 2;
  static final int UNKNOWN_SERVICE = 4;
  static final int REFUSED = 6;
  static final int INVALID = 8;

  private static final Map<String, String> USAGES =
      Map.of(
          "validate", "validate [--strict] [--against FILE] [-j] [OPTIONS] [FILE|DIRECTORY…]",
          "config", "config [--origin] [-j] [OPTIONS] [SERVICE]",
          "schema", "schema [--drop-in | --page]",
          "init", "init [FILE]",
          "explain", "explain CODE…");

  private final ConfigFiles files;
  private final Host host;
  private final PrintStream out;
  private final PrintStream err;

  ConfigCommands(ConfigFiles files, Host host, PrintStream out, PrintStream err) {
    this.files = files;
    this.host = host;
    this.out = out;
    this.err = err;
  }

  /// The commands there are.
  public static Set<String> verbs() {
    return USAGES.keySet();
  }

  /// Runs a command on the files of this machine; the exit code comes back.
  public static int run(List<String> words, Host host, PrintStream out, PrintStream err) {
    String[] args = words.stream().skip(1).toArray(String[]::new);
    return new ConfigCommands(new DiskFiles(), host, out, err).run(words.getFirst(), args);
  }

  int run(String verb, String... args) {
    try {
      CommandOptions options = CommandOptions.of(args);
      if (options.has("--help")) {
        out.println(usage(verb));
        return DONE;
      }
      return switch (verb) {
        case "validate" -> validate(options);
        case "config" -> config(options);
        case "schema" -> schema(options);
        case "init" -> new Starter(host, out, err).write(options.words());
        case "explain" -> explain(options);
        default -> throw new Misused("unknown command '%s'".formatted(verb));
      };
    } catch (Misused misused) {
      err.println(misused.getMessage());
      err.println(usage(verb));
      return USAGE;
    }
  }

  private static String usage(String verb) {
    String usage = "usage: " + USAGES.getOrDefault(verb, String.join(" | ", USAGES.keySet()));
    return usage.contains("OPTIONS")
        ? usage
            + "\noptions: --config FILE, --set PATH=VALUE, --disable PATTERN, --profile NAME,"
            + " each as often as needed"
        : usage;
  }

  private ConfigOutcome read(ConfigRequest request) {
    return new ConfigReader(files, host).read(request);
  }

  private int validate(CommandOptions options) {
    List<String> named = new ArrayList<>(options.configs());
    named.addAll(options.words());
    ValidationReport report = new ValidationReport(out, err);
    ConfigOutcome outcome = read(options.request(named));
    if (options.against().isEmpty()) {
      return report.tell(outcome, options);
    }
    ConfigOutcome before = read(options.request(options.against()));
    return before instanceof Loaded(Plan old, _, _, _) && outcome instanceof Loaded loaded
        ? report.compare(PlanDiff.between(old, loaded.plan()), options)
        : report.tell(before instanceof Refused ? before : outcome, options);
  }

  private int config(CommandOptions options) throws Misused {
    if (options.words().size() > 1) {
      throw new Misused("only one service can be named");
    }
    String service = options.words().isEmpty() ? "" : options.words().getFirst();
    return switch (read(options.request(options.configs()))) {
      case Refused refused -> new ValidationReport(out, err).tell(refused, options);
      case Loaded loaded -> show(loaded.effective(), service, options);
    };
  }

  private int show(Effective effective, String service, CommandOptions options) {
    if (!service.isEmpty() && !effective.services().contains(service)) {
      String help =
          NearestWord.of(service, effective.services())
              .map("; did you mean '%s'?"::formatted)
              .orElse("");
      err.println("no service is named '%s'%s".formatted(service, help));
      return UNKNOWN_SERVICE;
    }
    if (options.has("--json")) {
      List<Map<String, Object>> values = new ArrayList<>();
      for (EffectiveWriter.Row row : effective.rows(service)) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("path", row.path());
        value.put("value", row.value());
        value.put("origin", row.origin());
        values.add(value);
      }
      out.println(JsonText.line(Map.of("values", values)));
    } else if (service.isEmpty()) {
      out.print(effective.yaml(options.has("--origin")));
    } else {
      effective.yaml(service, options.has("--origin")).ifPresent(out::print);
    }
    return DONE;
  }

  private int schema(CommandOptions options) {
    if (options.has("--page")) {
      out.print(ReferencePage.markdown(Later.KEYS));
    } else {
      boolean dropIn = options.has("--drop-in");
      out.print(
          JsonText.pages(dropIn ? JsonSchema.ofDropIn(Later.KEYS) : JsonSchema.ofFile(Later.KEYS)));
    }
    return DONE;
  }

  private int explain(CommandOptions options) throws Misused {
    if (options.words().isEmpty()) {
      throw new Misused("name at least one code");
    }
    Explanations explanations = new Explanations();
    int code = DONE;
    for (String word : options.words()) {
      var text = explanations.of(word);
      if (text.isPresent()) {
        out.println(word + "\n\n" + text.get());
      } else {
        String help =
            NearestWord.of(word, explanations.codes())
                .map("; did you mean '%s'?"::formatted)
                .orElse("");
        err.println("no problem has the code '%s'%s".formatted(word, help));
        code = USAGE;
      }
    }
    return code;
  }
}

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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The commands about configuration that need no daemon: `validate`, `config`, `schema`, `init` and
/// `explain`.
public final class ConfigCommands {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int UNKNOWN_SERVICE = 4;
  static final int REFUSED = 6;
  static final int INVALID = 8;

  private static final Set<String> VERBS =
      Set.of("validate", "config", "schema", "init", "explain");

  private final String program;
  private final ConfigFiles files;
  private final Host host;
  private final PrintStream out;
  private final PrintStream err;

  /// On the files of this machine.
  ///
  /// @param program what complaints begin with
  public ConfigCommands(String program, Host host, PrintStream out, PrintStream err) {
    this(program, new DiskFiles(), host, out, err);
  }

  ConfigCommands(String program, ConfigFiles files, Host host, PrintStream out, PrintStream err) {
    this.program = program;
    this.files = files;
    this.host = host;
    this.out = out;
    this.err = err;
  }

  /// The commands there are.
  public static Set<String> verbs() {
    return VERBS;
  }

  /// Runs a command, of which the first word is the verb; the exit code comes back.
  public int run(String... words) {
    String verb = words.length == 0 ? "" : words[0];
    try {
      CommandOptions options = CommandOptions.of(verb, Arrays.stream(words).skip(1).toList());
      return switch (verb) {
        case "validate" -> validate(options);
        case "config" -> config(options);
        case "schema" -> schema(options);
        case "init" -> init(options);
        case "explain" -> explain(options);
        default -> throw new Misused("no such command: '%s'".formatted(verb));
      };
    } catch (Misused misused) {
      return complain(
          USAGE,
          "%s (see '%s %s --help')".formatted(misused.getMessage(), program, verb),
          CommandOptions.asked(Arrays.asList(words)));
    }
  }

  private int complain(int code, String sentence, CommandOptions options) {
    if (options.has("--json")) {
      out.println(JsonText.line(Map.of("error", error(code, sentence))));
    } else {
      err.printf("%s: %s%n", program, sentence);
    }
    return code;
  }

  private static Map<String, Object> error(int code, String sentence) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put(
        "code",
        switch (code) {
          case UNKNOWN_SERVICE -> "no_such_service";
          case REFUSED -> "refused";
          case FAILED -> "failed";
          default -> "usage";
        });
    error.put("message", sentence);
    error.put("details", Map.of());
    return error;
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
      return complain(
          UNKNOWN_SERVICE, "no service is named '%s'%s".formatted(service, help), options);
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

  private int schema(CommandOptions options) throws Misused {
    if (!options.words().isEmpty()) {
      throw new Misused("unexpected '%s'".formatted(options.words().getFirst()));
    }
    if (options.has("--page")) {
      out.print(ReferencePage.markdown(Later.KEYS));
    } else {
      boolean dropIn = options.has("--drop-in");
      out.print(
          JsonText.pages(dropIn ? JsonSchema.ofDropIn(Later.KEYS) : JsonSchema.ofFile(Later.KEYS)));
    }
    return DONE;
  }

  private int init(CommandOptions options) throws Misused {
    return switch (Starter.write(host.workingDirectory(), options.words())) {
      case Starter.Outcome.Failed(int code, String sentence) -> complain(code, sentence, options);
      case Starter.Outcome.Written(Path file) -> {
        String plain = "wrote '%s'; try: %s validate %s".formatted(file, program, file);
        boolean json = options.has("--json");
        out.println(json ? JsonText.line(Map.of("written", file.toString())) : plain);
        yield DONE;
      }
    };
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
        out.println(
            options.has("--json")
                ? JsonText.line(Map.of("code", word, "text", text.get()))
                : word + "\n\n" + text.get());
      } else {
        String help =
            NearestWord.of(word, explanations.codes())
                .map("; did you mean '%s'?"::formatted)
                .orElse("");
        code = complain(USAGE, "no problem has the code '%s'%s".formatted(word, help), options);
      }
    }
    return code;
  }
}

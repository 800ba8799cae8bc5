package dev.coffey.ctl.command;

import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/// The verbs that read configuration files, and what they take.
final class LocalSpecs {
  private static final String WHICH =
      "Reads what coffeyd would: --config, else $COFFEY_CONFIG, else the usual places.";

  private LocalSpecs() {}

  /// What a verb says of itself, and its own arguments.
  record Shape(Specs.Page page, Consumer<CommandSpec> arguments) {
    CommandSpec spec(String name) {
      CommandSpec spec = Specs.verb(name, page);
      arguments.accept(spec);
      return spec;
    }
  }

  static Shape validate() {
    return new Shape(
        new Specs.Page(
            "Check configuration files; tell everything that is wrong with them.",
            List.of(
                "Needs no daemon. Exits with 8 where there are errors, and with --strict also",
                "where there are warnings only.",
                WHICH),
            List.of("validate", "validate --strict /etc/coffey", "validate -j coffey.yaml")),
        spec -> {
          spec.addPositional(Specs.many("0..*", "PATH", "Files or directories, as by --config."));
          spec.addOption(Specs.flag("Take warnings for errors.", "--strict"));
          spec.addOption(
              Specs.values(
                  "PATH",
                  "Show what would lead from that configuration to this one.",
                  "--against"));
          choices(spec);
        });
  }

  static Shape config() {
    return new Shape(
        new Specs.Page(
            "Print the configuration as it works, with everything that was not written.",
            List.of(
                "Needs no daemon. What it prints loads to the same.",
                WHICH,
                "The command line wins over the environment, which wins over the files."),
            List.of("config", "config api --origin", "config -j")),
        spec -> {
          spec.addPositional(Specs.optional("0", Selection.SERVICE, "One service only."));
          spec.addOption(Specs.flag("Say beside each value where it comes from.", "--origin"));
          choices(spec);
        });
  }

  static Shape schema() {
    return new Shape(
        new Specs.Page(
            "Print the JSON Schema of the configuration, for editors.",
            List.of("Also in share/coffey, as coffey.schema.json and service.schema.json."),
            List.of("schema > coffey.schema.json", "schema --page")),
        spec -> {
          spec.addOption(Specs.flag("Of a file that holds one service.", "--drop-in"));
          spec.addOption(Specs.flag("The same for people, as a page of Markdown.", "--page"));
        });
  }

  static Shape init() {
    return new Shape(
        new Specs.Page(
            "Write a first configuration, with comments; never over a file that is there.",
            List.of(),
            List.of("init", "init /etc/coffey/config.yaml")),
        spec ->
            spec.addPositional(
                Specs.optional("0", "FILE", "Where to; else coffey.yaml in this directory.")));
  }

  static Shape explain() {
    return new Shape(
        new Specs.Page(
            "Tell what the code of a problem means, and what to do about it.",
            List.of("Codes stand in brackets behind each problem of validate."),
            List.of("explain unknown-key", "explain dependency-cycle")),
        spec -> spec.addPositional(Specs.many("0..*", "CODE", "Codes of problems.")));
  }

  private static void choices(CommandSpec spec) {
    spec.addOption(
        Specs.values("FILE", "A file or directory; repeated, later ones win.", "-c", "--config"));
    spec.addOption(Specs.values("PATH=VALUE", "Set a value, as services.api.env.PORT=1.", "--set"));
    spec.addOption(Specs.values("PATTERN", "Leave services out.", "--disable"));
    spec.addOption(Specs.values("NAME", "Have a profile on.", "--profile"));
  }
}

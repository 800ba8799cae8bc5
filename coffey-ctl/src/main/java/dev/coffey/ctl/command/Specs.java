package dev.coffey.ctl.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The pieces that the verbs' specifications are made of. Written out and not read from
/// annotations, which costs a cold start about a third of its time and needs registration in native
/// images.
final class Specs {
  private Specs() {}

  /// What `--help` says about a verb: its first sentence alone in the list of verbs, and everything
  /// on its own page.
  record Page(String summary, List<String> details, List<String> examples) {}

  static CommandSpec verb(String name, Page page) {
    CommandSpec spec = CommandSpec.create().name(name);
    List<String> description = new ArrayList<>();
    description.add(escaped(page.summary()));
    page.details().forEach(line -> description.add(escaped(line)));
    List<String> footer = new ArrayList<>();
    page.examples().forEach(example -> footer.add("  {program} " + escaped(example)));
    spec.usageMessage()
        .description(description.toArray(String[]::new))
        .sortOptions(false)
        .parameterListHeading("%n")
        .abbreviateSynopsis(true)
        .footerHeading("%nExamples:%n")
        .footer(footer.toArray(String[]::new));
    return spec;
  }

  static OptionSpec flag(String description, String... names) {
    return OptionSpec.builder(names).type(boolean.class).description(escaped(description)).build();
  }

  static OptionSpec value(String label, String description, String... names) {
    return OptionSpec.builder(names)
        .type(String.class)
        .paramLabel(label)
        .description(escaped(description))
        .build();
  }

  static OptionSpec values(String label, String description, String... names) {
    return OptionSpec.builder(names)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .paramLabel(label)
        .description(escaped(description))
        .build();
  }

  static PositionalParamSpec one(String index, String label, String description) {
    return PositionalParamSpec.builder()
        .index(index)
        .arity("1")
        .required(true)
        .type(String.class)
        .paramLabel(label)
        .description(escaped(description))
        .build();
  }

  static PositionalParamSpec optional(String index, String label, String description) {
    return PositionalParamSpec.builder()
        .index(index)
        .arity("0..1")
        .type(String.class)
        .paramLabel(label)
        .description(escaped(description))
        .build();
  }

  static PositionalParamSpec many(String index, String label, String description) {
    return PositionalParamSpec.builder()
        .index(index)
        .arity("0..*")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(label)
        .description(escaped(description))
        .build();
  }

  /// Help texts are formats to the parser.
  private static String escaped(String text) {
    return text.replace("%", "%%");
  }
}

package dev.coffey.config;

import dev.coffey.config.keys.Values;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Tree;
import dev.coffey.spec.EnvSpec;
import dev.coffey.spec.EnvSpec.EnvFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads where a service's environment comes from; values are taken as written.
final class EnvReader {
  private final Path base;
  private final Problems problems;

  EnvReader(Path base, Problems problems) {
    this.base = base;
    this.problems = problems;
  }

  EnvSpec read(Values values, Values defaults) {
    SortedMap<String, String> own = variables(values, "env");
    SortedMap<String, String> common = variables(defaults, "env");
    unset(values, common);
    // What the service sets itself can never come from the defaults: a change there is none here.
    common.keySet().removeAll(own.keySet());
    return new EnvSpec(
        values.flag("env_clear"), values.texts("env_pass"), common, files(values), own);
  }

  /// What the service sets to nothing is not set, although the defaults do.
  private void unset(Values values, SortedMap<String, String> common) {
    if (values.tree("env") instanceof Tree.Mapping mapping) {
      mapping
          .fields()
          .forEach((name, field) -> {
            if (field.value() instanceof Tree.Empty && common.remove(name) == null) {
              problems.warning(
                  "no-value",
                  field.place(),
                  values.path().key("env").key(name),
                  "'%s' has no value: it is not set".formatted(name),
                  "write '' for an empty one; env_pass takes it over from the daemon");
            }
          });
    }
  }

  /// The variables under a key, written as a map or as a list.
  SortedMap<String, String> variables(Values values, String key) {
    TreeMap<String, String> variables = new TreeMap<>();
    if (values.tree(key) instanceof Tree.Mapping mapping) {
      mapping
          .fields()
          .forEach((name, field) -> {
            if (field.value() instanceof Tree.Scalar text) {
              variables.put(name, text.text());
            }
          });
      return variables;
    }
    for (Tree item : values.items(key)) {
      if (item instanceof Tree.Scalar(String text, _, var place)) {
        int equals = text.indexOf('=');
        String name = text.substring(0, equals);
        if (variables.put(name, text.substring(equals + 1)) != null) {
          problems.error(
              "duplicate-variable",
              place,
              values.path().key(key),
              "variable '%s' is set twice".formatted(name),
              "remove one");
        }
      }
    }
    return variables;
  }

  private List<EnvFile> files(Values values) {
    List<EnvFile> files = new ArrayList<>();
    int index = 0;
    for (Tree item : values.items("env_file")) {
      switch (item) {
        case Tree.Scalar(String text, _, _) -> {
          boolean optional = text.startsWith("-") && text.length() > 1;
          files.add(file(optional ? text.substring(1) : text, !optional));
        }
        case Tree.Mapping mapping -> {
          Values file = values.itemFields("env_file", index, mapping);
          if (file.has("path")) {
            files.add(file(file.text("path"), file.flag("required")));
          }
        }
        case Tree.Sequence _, Tree.Empty _ -> {}
      }
      index++;
    }
    return files;
  }

  private EnvFile file(String path, boolean required) {
    return new EnvFile(base.resolve(path).normalize().toString(), required);
  }
}

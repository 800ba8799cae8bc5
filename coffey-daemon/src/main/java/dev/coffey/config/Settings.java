package dev.coffey.config;

import dev.coffey.config.keys.DaemonKeys;
import dev.coffey.config.keys.Key;
import dev.coffey.config.keys.KeyTable;
import dev.coffey.config.keys.Values;
import dev.coffey.config.tree.Place;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Source;
import dev.coffey.config.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The values that are set beside the files, the weakest first: `coffey.set`, then variables such
/// as `COFFEY_SOCKET`, then `--set`. An empty variable counts as not set.
final class Settings {
  /// One value and the way to it.
  ///
  /// @param origin where it was said
  record Setting(Place origin, String path, String value) {}

  private static final String PREFIX = "COFFEY_";

  private Settings() {}

  /// All settings, the weakest first.
  static List<Setting> all(Tree.Mapping coffey, Host host, List<String> named, Problems problems) {
    List<Setting> settings = new ArrayList<>();
    Tree written = coffey.value("set");
    if (written instanceof Tree.Mapping mapping) {
      mapping
          .fields()
          .forEach((path, field) -> {
            if (field.value() instanceof Tree.Scalar text) {
              settings.add(new Setting(text.place(), path, text.text()));
            }
          });
    } else if (written instanceof Tree.Sequence list) {
      for (Tree item : list.items()) {
        if (item instanceof Tree.Scalar text) {
          add(settings, text.place(), text.text(), problems);
        }
      }
    }
    fromEnvironment("", DaemonKeys.COFFEY, host, settings);
    Place option = Place.whole(Source.named("--set"));
    named.forEach(text -> add(settings, option, text, problems));
    return settings;
  }

  private static void add(List<Setting> settings, Place origin, String text, Problems problems) {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      problems.error(
          "bad-setting",
          origin,
          "",
          "'%s' must be path=value".formatted(text),
          "for example services.api.env.PORT=1");
      return;
    }
    settings.add(new Setting(origin, text.substring(0, equals), text.substring(equals + 1)));
  }

  private static void fromEnvironment(
      String above, KeyTable table, Host host, List<Setting> settings) {
    for (Key key : table.keys().values()) {
      String path = above + key.name();
      String variable = PREFIX + path.replace('.', '_').toUpperCase(Locale.ROOT);
      var inner = Values.tableOf(key);
      if (inner.isPresent()) {
        fromEnvironment(path + ".", inner.get(), host, settings);
      } else if (Values.isWord(key) && !host.variable(variable).isEmpty()) {
        Place origin = Place.whole(Source.named("environment " + variable));
        String value = host.variable(variable);
        // As the client reads the same variable, and not as a file is read.
        boolean relative = Values.isPath(key) && !value.startsWith("/");
        String full = relative ? host.workingDirectory() + "/" + value : value;
        settings.add(new Setting(origin, "coffey." + path, full));
      }
    }
  }
}

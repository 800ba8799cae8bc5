package dev.coffey.config;

import dev.coffey.config.tree.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Spells out what a service's `env: null` or `env: !replace` takes away: that each variable of the
/// defaults is not set. The environment of the defaults is kept apart from that of the services, so
/// nothing else would.
final class EnvWithout {
  private EnvWithout() {}

  /// The body of a service, its `env` spelled out where it takes all of the defaults away.
  static Tree.Mapping defaults(Tree.Mapping body, @Nullable Tree common) {
    Tree env = body.value("env");
    LinkedHashMap<String, Tree.Field> own = new LinkedHashMap<>();
    boolean takesAway =
        switch (env) {
          case Tree.Empty _ -> true;
          case Tree.Mapping map -> map.replaces();
          case Tree.Sequence list -> list.replaces() && assigned(list, own);
          case Tree.Scalar _ -> false;
          case null -> false;
        };
    if (!takesAway || env == null || common == null) {
      return body;
    }
    LinkedHashMap<String, Tree.Field> all = new LinkedHashMap<>();
    for (String name : names(common)) {
      all.put(name, new Tree.Field(env.place(), new Tree.Empty(env.place())));
    }
    all.putAll(env instanceof Tree.Mapping map ? map.fields() : own);
    Tree.Mapping full = new Tree.Mapping(all, false, env.place());
    return body.with("env", new Tree.Field(body.placeOf("env"), full));
  }

  private static List<String> names(Tree env) {
    return switch (env) {
      case Tree.Mapping map -> List.copyOf(map.fields().keySet());
      case Tree.Sequence list -> {
        LinkedHashMap<String, Tree.Field> fields = new LinkedHashMap<>();
        boolean _ = assigned(list, fields);
        yield new ArrayList<>(fields.keySet());
      }
      case Tree.Scalar _, Tree.Empty _ -> List.of();
    };
  }

  /// Puts the variables of a list into a map; whether each of them is one, and only once.
  private static boolean assigned(Tree.Sequence list, Map<String, Tree.Field> fields) {
    boolean sound = true;
    for (Tree item : list.items()) {
      int equals = item instanceof Tree.Scalar text ? text.text().indexOf('=') : -1;
      if (item instanceof Tree.Scalar(String text, _, var place) && equals > 0) {
        Tree.Scalar value = new Tree.Scalar(text.substring(equals + 1), true, place);
        Tree.Field field = new Tree.Field(place, value);
        sound &= fields.put(text.substring(0, equals), field) == null;
      } else {
        sound = false;
      }
    }
    return sound;
  }
}

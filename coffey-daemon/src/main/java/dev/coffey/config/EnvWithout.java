package dev.coffey.config;

import dev.coffey.config.tree.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes variables away before environments are combined: those of the defaults where a service's
/// `env: null` or `env: !replace` says so, which is spelled out, since nothing else would; and
/// those of a list that a later file sets again.
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

  /// The earlier body without the variables that the later one sets again. Lists append, but of two
  /// files the later wins; that one and the same list sets a variable twice remains a mistake.
  static Tree.Mapping setAgain(Tree.Mapping earlier, Tree.Mapping later) {
    if (!(earlier.value("env") instanceof Tree.Sequence before)
        || !(later.value("env") instanceof Tree.Sequence after)) {
      return earlier;
    }
    Set<String> again = Set.copyOf(names(after));
    List<Tree> kept = new ArrayList<>();
    for (Tree item : before.items()) {
      String text = item instanceof Tree.Scalar scalar ? scalar.text() : "";
      if (!again.contains(text.substring(0, Math.max(0, text.indexOf('='))))) {
        kept.add(item);
      }
    }
    Tree.Sequence left = new Tree.Sequence(kept, before.replaces(), before.place());
    return earlier.with("env", new Tree.Field(earlier.placeOf("env"), left));
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

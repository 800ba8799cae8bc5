package dev.coffey.config;

import dev.coffey.spec.PlanDiff;
import dev.coffey.spec.PlanDiff.Change;
import dev.coffey.spec.PlanDiff.Moved;
import dev.coffey.spec.ServiceName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A difference of two plans as people and programs read it.
final class DiffText {
  private DiffText() {}

  /// One line for each service that moves.
  static String of(PlanDiff diff) {
    StringBuilder out = new StringBuilder();
    diff.removed().forEach(name -> out.append("- ").append(name).append('\n'));
    diff.added().forEach(name -> out.append("+ ").append(name).append('\n'));
    diff.changed().forEach((name, change) -> out.append(line(name, change)));
    diff.moved()
        .forEach((name, moved) ->
            out.append("  %s: %s, because of %s%n".formatted(name, how(moved), moved.because())));
    diff.daemon()
        .forEach((key, effect) -> out.append("~ coffey.%s: %s%n".formatted(key, word(effect))));
    out.append("unchanged: ").append(diff.unchanged().size() - diff.moved().size()).append('\n');
    return out.toString();
  }

  private static String line(ServiceName name, Change change) {
    String keys = String.join(", ", change.keys().keySet());
    return "~ %s: %s (%s)%n".formatted(name, word(change.effect()), keys);
  }

  private static String how(Moved moved) {
    return moved.how().name().toLowerCase(Locale.ROOT);
  }

  private static String word(PlanDiff.Effect effect) {
    return switch (effect) {
      case LIVE -> "live";
      case RESTART -> "restart";
      case DAEMON -> "daemon restart";
    };
  }

  /// As one JSON document.
  static Map<String, Object> json(PlanDiff diff) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("added", names(diff.added()));
    json.put("removed", names(diff.removed()));
    List<Object> changed = new ArrayList<>();
    diff.changed()
        .forEach((name, change) -> {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("name", name.value());
          one.put("keys", List.copyOf(change.keys().keySet()));
          one.put("effect", change.effect().name().toLowerCase(Locale.ROOT));
          changed.add(one);
        });
    json.put("changed", changed);
    json.put("unchanged", names(diff.unchanged()));
    List<Object> moved = new ArrayList<>();
    diff.moved()
        .forEach((name, move) -> {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("name", name.value());
          one.put("effect", how(move));
          one.put("because", move.because().value());
          moved.add(one);
        });
    json.put("also_restarts", moved);
    List<Object> daemon = new ArrayList<>();
    diff.daemon()
        .forEach((key, effect) -> {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("key", "coffey." + key);
          one.put("effect", effect.name().toLowerCase(Locale.ROOT));
          daemon.add(one);
        });
    json.put("daemon", daemon);
    return json;
  }

  private static List<String> names(Collection<ServiceName> names) {
    return names.stream().map(ServiceName::value).toList();
  }
}

package dev.coffey.config;

import dev.coffey.config.tree.Place;
import dev.coffey.config.tree.Tree;
import dev.coffey.spec.ServiceName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes `web@1`, `web@2` … of a service with `instances`: in its texts `%i` is the instance and
/// `%p` its port, and with `port_base` each has a stable `PORT`.
final class Instances {
  static final int INSTANCES_MAX = 1000;
  private static final int PORT_MAX = 65_535;

  private static final Pattern MARK = Pattern.compile("%([%ip])");
  private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,3}");

  private Instances() {}

  /// All services, those with instances taken apart.
  static SequencedMap<String, Definition> apart(SequencedMap<String, Definition> services) {
    SequencedMap<String, Definition> apart = new LinkedHashMap<>();
    for (Definition service : services.values()) {
      List<String> names = names(service);
      if (service.body().value("instances") instanceof Tree.Sequence && names.isEmpty()) {
        service
            .problems()
            .error(
                "wrong-value",
                service.body().placeOf("instances"),
                service.path().key("instances"),
                "must name at least one instance",
                "write their names, or a number");
      }
      if (!areNames(service, names)) {
        // Left whole: the reader of its keys tells which of them is no name.
        apart.put(service.name(), service);
        continue;
      }
      if (names.isEmpty()) {
        String port = port(service, 0);
        Tree.Mapping body = service.body();
        Tree.Mapping full = port.isEmpty() ? body : withPort(body, port);
        apart.put(service.name(), service.with(byHand(full, service.name(), port)));
      }
      for (int index = 0; index < names.size(); index++) {
        Definition instance = instance(service, names.get(index), index);
        if (apart.putIfAbsent(instance.name(), instance) != null) {
          service
              .problems()
              .error(
                  "duplicate-service",
                  service.place(),
                  service.path().key("instances"),
                  "service '%s' is defined twice".formatted(instance.name()),
                  "");
        }
      }
    }
    return apart;
  }

  private static boolean areNames(Definition service, List<String> instances) {
    for (String instance : instances) {
      if (!ServiceName.valid(service.name() + "@" + instance)) {
        return false;
      }
    }
    return true;
  }

  private static List<String> names(Definition service) {
    Tree instances = service.body().value("instances");
    if (instances == null) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    if (instances instanceof Tree.Scalar count && COUNT.matcher(count.text()).matches()) {
      int number = Math.min(Integer.parseInt(count.text()), INSTANCES_MAX);
      for (int i = 1; number > 1 && i <= number; i++) {
        names.add(Integer.toString(i));
      }
    } else if (instances instanceof Tree.Sequence) {
      names.addAll(service.texts("instances"));
    }
    return service.name().indexOf('@') < 0 ? names : List.of();
  }

  private static Definition instance(Definition service, String name, int index) {
    String port = port(service, index);
    Tree.Mapping body = service.body().without("name", "instances");
    if (!port.isEmpty()) {
      body = withPort(body, port).without("port_base");
    }
    Tree.Mapping filled = (Tree.Mapping) filled(body, name, port);
    return new Definition(
        service.name() + "@" + name,
        service.place(),
        filled,
        service.last(),
        service.fromDropIn(),
        service.problems());
  }

  /// A service that is named `web@blue` is an instance too.
  private static Tree.Mapping byHand(Tree.Mapping body, String name, String port) {
    int at = name.indexOf('@');
    return at < 0 ? body : (Tree.Mapping) filled(body, name.substring(at + 1), port);
  }

  private static String port(Definition service, int index) {
    if (!(service.body().value("port_base") instanceof Tree.Scalar first)
        || !first.text().matches("[1-9][0-9]{0,4}")) {
      return "";
    }
    int port = Integer.parseInt(first.text()) + index;
    if (port > PORT_MAX) {
      service
          .problems()
          .error(
              "out-of-range",
              first.place(),
              service.path().key("port_base"),
              "leaves no port for instance %d".formatted(index + 1),
              "the highest port is 65535");
      return "";
    }
    return Integer.toString(port);
  }

  /// The body with `PORT` in its `env`, unless it sets one itself.
  static Tree.Mapping withPort(Tree.Mapping body, String port) {
    Place place = body.placeOf("port_base");
    Tree value = new Tree.Scalar(port, false, place);
    Tree env = body.value("env");
    if (env instanceof Tree.Sequence list) {
      boolean set =
          list.items().stream()
              .anyMatch(
                  item -> item instanceof Tree.Scalar text && text.text().startsWith("PORT="));
      List<Tree> items = new ArrayList<>(list.items());
      if (!set) {
        items.add(new Tree.Scalar("PORT=" + port, true, place));
      }
      Tree.Sequence changed = new Tree.Sequence(items, list.replaces(), list.place());
      return body.with("env", new Tree.Field(body.placeOf("env"), changed));
    }
    Tree.Mapping map = env instanceof Tree.Mapping mapping ? mapping : Tree.Mapping.empty(place);
    return map.value("PORT") != null
        ? body
        : body.with("env", new Tree.Field(place, map.with("PORT", new Tree.Field(place, value))));
  }

  private static Tree filled(Tree tree, String name, String port) {
    return switch (tree) {
      case Tree.Scalar(String text, boolean quoted, var place) when text.indexOf('%') >= 0 ->
          new Tree.Scalar(filled(text, name, port), quoted, place);
      case Tree.Scalar scalar -> scalar;
      case Tree.Empty empty -> empty;
      case Tree.Sequence(List<Tree> items, boolean replaces, var place) ->
          new Tree.Sequence(
              items.stream().map(item -> filled(item, name, port)).toList(), replaces, place);
      case Tree.Mapping mapping -> {
        LinkedHashMap<String, Tree.Field> fields = new LinkedHashMap<>(mapping.fields());
        fields.replaceAll(
            (_, field) -> new Tree.Field(field.place(), filled(field.value(), name, port)));
        yield new Tree.Mapping(fields, mapping.replaces(), mapping.place());
      }
    };
  }

  private static String filled(String text, String name, String port) {
    Matcher matcher = MARK.matcher(text);
    return matcher.replaceAll(mark ->
        Matcher.quoteReplacement(
            switch (mark.group(1)) {
              case "%" -> "%";
              case "i" -> name;
              default -> port.isEmpty() ? mark.group() : port;
            }));
  }
}

package dev.coffey.config;

import dev.coffey.config.keys.Checker;
import dev.coffey.config.keys.DaemonKeys;
import dev.coffey.config.keys.OlderNames;
import dev.coffey.config.keys.ServiceKeys;
import dev.coffey.config.keys.Values;
import dev.coffey.config.tree.Interpolation;
import dev.coffey.config.tree.KeyPath;
import dev.coffey.config.tree.Merge;
import dev.coffey.config.tree.NearestWord;
import dev.coffey.config.tree.Place;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Source;
import dev.coffey.config.tree.Tree;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Files to one set of definitions: merge, interpolate, set, disable, profiles, defaults,
/// instances; in this order.
final class Combination {
  /// What shapes the files, and has done so when values are set.
  private static final Set<String> SPENT = Set.of("name", "override", "interpolate");

  private static final KeyPath COFFEY = KeyPath.TOP.key("coffey");
  private static final KeyPath DEFAULTS = KeyPath.TOP.key("defaults");

  private final Host host;
  private final Checker checker;
  private final Problems general;
  private final Definitions definitions = new Definitions();
  private final Map<String, String> leftOut = new TreeMap<>();
  private boolean someLost;
  private boolean someRefer;
  private Tree.Mapping top = Tree.Mapping.empty(Place.whole(Source.named("default")));
  private Tree.Mapping defaults = top;

  Combination(Host host, Checker checker, Problems general) {
    this.host = host;
    this.checker = checker;
    this.general = general;
  }

  /// What came out.
  ///
  /// @param top the checked top of the files, without services and defaults
  /// @param defaults the checked defaults
  /// @param names what all names stand for
  /// @param leftOut names that are known, but not part of the plan, and why
  /// @param someUnread whether a drop-in that may define any name could not be read, in part or
  ///   whole
  record Combined(
      Tree.Mapping top,
      Values defaults,
      SequencedMap<String, Definition> services,
      Names names,
      Map<String, String> leftOut,
      boolean someUnread) {
    /// Whether the files are sound and name no service at all.
    boolean isEmpty() {
      return services.isEmpty() && leftOut.isEmpty() && !someUnread;
    }
  }

  Combined combine(List<Document> documents, ConfigRequest request) {
    boolean someUnread = false;
    for (Document document : documents) {
      boolean unread = document.problems().hasErrors();
      someUnread |= unread;
      if (!unread) {
        add(document);
      }
    }
    definitions
        .masked()
        .forEach((name, file) -> leftOut.put(name, "masked by the empty '%s'".formatted(file)));
    interpolate();
    set(request.settings());
    Tree.Mapping checked = checker.fields(top, ServiceKeys.FILE, KeyPath.TOP);
    Tree.Mapping common = checkedDefaults();
    var services = definitions.services();
    Selection selection = new Selection(services, checked, general);
    selection.disable(request.disabled());
    selection.profiles(request.profiles());
    leftOut.putAll(selection.leftOut());
    Tree.Mapping shared = common.without("env");
    if (!common.fields().isEmpty()) {
      checker.trust(shared);
      Tree env = common.value("env");
      services.replaceAll((_, service) ->
          service.with(Merge.onto(shared, EnvWithout.defaults(service.body(), env))));
    }
    Values values = new Values(ServiceKeys.DEFAULTS, common, DEFAULTS);
    var apart = Instances.apart(services);
    Tree.Mapping groups =
        checked.value("groups") instanceof Tree.Mapping map
            ? map
            : Tree.Mapping.empty(checked.place());
    Names names = new Names(apart.keySet(), groups);
    return new Combined(checked, values, apart, names, leftOut, someUnread || someLost);
  }

  private void add(Document document) {
    someRefer |= Interpolation.concerns(document.top());
    checkTop(document);
    definitions.add(document);
    if (!document.isOneService()) {
      Problems problems = document.problems();
      Tree.Mapping more = document.body().without("services", "defaults");
      if (more.value("coffey") instanceof Tree.Mapping coffey) {
        Tree.Mapping today = OlderNames.renamed(coffey, DaemonKeys.COFFEY, COFFEY, problems);
        more = more.with("coffey", new Tree.Field(more.placeOf("coffey"), today));
      }
      top = Merge.onto(top, document.dropIn() ? soundOf(document, more) : more);
      boolean main = !document.dropIn();
      if (main && document.top().value("defaults") instanceof Tree.Mapping written) {
        Tree.Mapping today = OlderNames.renamed(written, ServiceKeys.SERVICE, DEFAULTS, problems);
        defaults = Merge.onto(EnvWithout.setAgain(defaults, today), today);
      }
    }
  }

  /// What a drop-in may say beside services. Where that is wrong it is the drop-in's own problem,
  /// and the rest goes on without it.
  private Tree.Mapping soundOf(Document document, Tree.Mapping written) {
    LinkedHashMap<String, Tree.Field> said = new LinkedHashMap<>(written.fields());
    said.keySet().removeIf(name -> !inDropIn(name));
    Tree.Mapping allowed = new Tree.Mapping(said, false, written.place());
    Problems own = new Problems();
    check(allowed, own);
    if (own.hasErrors()) {
      check(allowed, document.problems());
      someLost = true;
      return Tree.Mapping.empty(written.place());
    }
    return allowed;
  }

  private void check(Tree.Mapping top, Problems problems) {
    Tree.Mapping full = new Interpolation(host.environment(), problems).of(top, KeyPath.TOP);
    Tree.Mapping _ = checker.with(problems).fields(full, ServiceKeys.FILE, KeyPath.TOP);
  }

  private static void checkTop(Document document) {
    if (document.isOneService()) {
      return;
    }
    var known = ServiceKeys.FILE.keys().keySet();
    Problems problems = document.problems();
    document
        .top()
        .fields()
        .forEach((name, field) -> {
          boolean here = known.contains(name) || name.startsWith("x-");
          if (!here && document.dropIn()) {
            String help = ServiceKeys.FILE.help(name);
            String message = "unknown key '%s'".formatted(name);
            problems.error("unknown-key", field.place(), name, message, help);
          } else if (document.dropIn() && here && !inDropIn(name)) {
            String message = "'%s' belongs into the main file".formatted(name);
            problems.error("main-file-only", field.place(), name, message, "");
          } else if (name.equals("defaults") && !(field.value() instanceof Tree.Mapping)) {
            String message = "must be a map, not " + field.value().kind();
            problems.error("wrong-type", field.value().place(), name, message, "");
          }
        });
  }

  private static boolean inDropIn(String name) {
    return Stream.of("services", "groups", "profiles").anyMatch(name::equals)
        || name.startsWith("x-");
  }

  private void interpolate() {
    if (!someRefer) {
      return;
    }
    Interpolation everywhere = new Interpolation(host.environment(), general);
    top = everywhere.of(top, KeyPath.TOP);
    defaults = everywhere.of(defaults, DEFAULTS);
    definitions
        .services()
        .replaceAll((_, service) -> {
          boolean off =
              service.body().value("interpolate") instanceof Tree.Scalar flag
                  && flag.text().equalsIgnoreCase("false");
          Interpolation own = new Interpolation(host.environment(), service.problems());
          return off ? service : service.with(own.of(service.body(), service.path()));
        });
  }

  private void set(List<String> named) {
    Tree.Mapping coffey =
        top.value("coffey") instanceof Tree.Mapping map ? map : Tree.Mapping.empty(top.place());
    for (Settings.Setting setting : Settings.all(coffey, host, named, general)) {
      String path = setting.path();
      boolean done =
          path.startsWith("services.")
              ? setService(setting, path.substring("services.".length()))
              : path.startsWith("defaults.")
                  ? setDefault(setting, path.substring("defaults.".length()))
                  : setOther(setting, path);
      if (!done) {
        String message = "cannot set '%s': there is no such value".formatted(path);
        general.error(
            "bad-setting",
            setting.origin(),
            path,
            message,
            "name one value, as services.api.env.PORT=1");
      }
    }
  }

  private boolean setOther(Settings.Setting setting, String path) {
    if (path.equals("services") || path.equals("defaults")) {
      return false;
    }
    if (path.equals("coffey.set") || path.startsWith("coffey.set.")) {
      tooLate(setting);
      return true;
    }
    return SettingPath.set(top, path, setting).map(changed -> top = changed).isPresent();
  }

  private void tooLate(Settings.Setting setting) {
    general.error(
        "bad-setting",
        setting.origin(),
        setting.path(),
        "cannot set '%s': it has done its work when values are set".formatted(setting.path()),
        "write it into a file");
  }

  private boolean setDefault(Settings.Setting setting, String path) {
    return SettingPath.set(defaults, path, setting).map(changed -> defaults = changed).isPresent();
  }

  private boolean setService(Settings.Setting setting, String path) {
    var services = definitions.services();
    String name =
        services.keySet().stream()
            .filter(service -> path.startsWith(service + "."))
            .max(Comparator.comparingInt(String::length))
            .orElse("");
    if (services.containsKey(path)) {
      return false;
    }
    Definition service = services.get(name);
    if (service == null) {
      String first = path.contains(".") ? path.substring(0, path.indexOf('.')) : path;
      general.error(
          "unknown-service",
          setting.origin(),
          setting.path(),
          "no service is named '%s'".formatted(first),
          NearestWord.of(first, services.keySet()).map("did you mean '%s'?"::formatted).orElse(""));
      return true;
    }
    String below = path.substring(name.length() + 1);
    if (SPENT.contains(SettingPath.firstKey(service.body(), below))) {
      tooLate(setting);
      return true;
    }
    var changed = SettingPath.set(service.body(), below, setting);
    changed.ifPresent(body -> services.put(service.name(), service.with(body)));
    return changed.isPresent();
  }

  private Tree.Mapping checkedDefaults() {
    Tree.Mapping possible = defaults;
    for (String name : defaults.fields().keySet()) {
      if (ServiceKeys.SERVICE.has(name) && !ServiceKeys.DEFAULTS.has(name)) {
        possible = possible.without(name);
        general.error(
            "not-in-defaults",
            defaults.placeOf(name),
            DEFAULTS.key(name),
            "'%s' cannot be a default".formatted(name),
            "set it at a service");
      }
    }
    return checker.fields(possible, ServiceKeys.DEFAULTS, DEFAULTS).sound();
  }
}

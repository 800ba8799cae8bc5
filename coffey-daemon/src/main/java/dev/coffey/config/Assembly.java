package dev.coffey.config;

import dev.coffey.config.keys.Checker;
import dev.coffey.config.keys.ServiceKeys;
import dev.coffey.config.keys.Values;
import dev.coffey.config.tree.KeyPath;
import dev.coffey.config.tree.Tree;
import dev.coffey.spec.Dependency;
import dev.coffey.spec.Relations;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Checks all services, reads them, links them and takes out what cannot be used.
final class Assembly {
  /// In the order of their names.
  private final Map<String, Draft> drafts = new LinkedHashMap<>();

  private SortedMap<ServiceName, ServiceSpec> lastUsable = new TreeMap<>();
  private final Combination.Combined combined;
  private final Names names;
  private final Checker checker;
  private final ServiceReader reader;

  Assembly(Combination.Combined combined, Checker checker, ServiceReader reader) {
    this.combined = combined;
    this.names = combined.names();
    this.checker = checker;
    this.reader = reader;
  }

  /// Checks, reads and links.
  void assemble() {
    List<Draft> all = new ArrayList<>(combined.services().size());
    for (Definition definition : combined.services().values()) {
      if (!toldBefore(definition, all)) {
        all.add(draft(definition));
      }
    }
    all.sort(Comparator.comparing(Draft::name));
    all.forEach(draft -> drafts.put(draft.name().value(), draft));
    link();
  }

  /// Whether this is a further instance of a service that is wrong anyway.
  private static boolean toldBefore(Definition definition, List<Draft> before) {
    return definition.name().indexOf('@') > 0
        && definition.problems().hasErrors()
        && before.stream().anyMatch(draft -> draft.problems() == definition.problems());
  }

  private Draft draft(Definition definition) {
    Checker own = checker.with(definition.problems());
    KeyPath path = definition.path();
    Tree.Mapping checked = own.fields(definition.body(), ServiceKeys.SERVICE, path);
    Values values = new Values(ServiceKeys.SERVICE, checked.at(definition.place()), path);
    ServiceName name = new ServiceName(definition.name());
    Optional<ServiceSpec> read = reader.read(name, values, definition.problems());
    return new Draft(name, definition, values, read, Relations.NONE);
  }

  /// All services in the order in which they are written.
  List<Draft> written() {
    List<Draft> written = new ArrayList<>();
    for (String name : combined.services().keySet()) {
      Draft draft = drafts.get(name);
      if (draft != null) {
        written.add(draft);
      }
    }
    return written;
  }

  Names names() {
    return names;
  }

  Collection<Draft> drafts() {
    return drafts.values();
  }

  /// A service that there is.
  Draft draft(ServiceName name) {
    return Objects.requireNonNull(drafts.get(name.value()));
  }

  private void link() {
    Map<String, ServiceSpec> specs = new HashMap<>();
    drafts.forEach((name, draft) -> draft.read().ifPresent(spec -> specs.put(name, spec)));
    Linker linker = new Linker(specs, combined);
    Map<ServiceName, List<ServiceName>> beforeOthers = new TreeMap<>();
    for (Draft draft : List.copyOf(drafts.values())) {
      ServiceName self = draft.name();
      Relations relations = linker.relations(self, draft.values(), draft.problems());
      drafts.put(self.value(), draft.with(relations));
      linker
          .before(self, draft.values(), draft.problems())
          .forEach(other -> beforeOthers.computeIfAbsent(other, _ -> new ArrayList<>()).add(self));
    }
    beforeOthers.forEach(this::addAfter);
    new Tiers(drafts).link(combined.services().keySet());
    new Cycles(drafts).check();
  }

  private void addAfter(ServiceName name, List<ServiceName> earlier) {
    Draft draft = drafts.get(name.value());
    if (draft != null) {
      List<ServiceName> after = new ArrayList<>(draft.relations().after());
      after.addAll(earlier);
      Relations changed =
          new Relations(draft.relations().dependsOn(), after.stream().distinct().toList());
      drafts.put(name.value(), draft.with(changed));
    }
  }

  /// Marks what requires a service that cannot be used; the problem is only told, not found here.
  void spread() {
    boolean more = combined.someUnread() || drafts.values().stream().anyMatch(Draft::isBroken);
    while (more) {
      more = false;
      for (Draft draft : drafts.values()) {
        if (!draft.isBroken()) {
          more |= spreadTo(draft);
        }
      }
    }
  }

  private boolean spreadTo(Draft draft) {
    for (String name : required(draft)) {
      Draft required = drafts.get(name);
      if (required == null ? combined.someUnread() : required.isBroken()) {
        draft
            .problems()
            .error(
                "dependency-invalid",
                draft.values().placeOf("depends_on"),
                draft.definition().path(),
                "service '%s' requires '%s', whose configuration does not load"
                    .formatted(draft.name(), name),
                "correct '%s'".formatted(name));
        return true;
      }
    }
    return false;
  }

  private List<String> required(Draft draft) {
    return draft.definition().required().stream()
        .flatMap(
            mention -> names.has(mention) ? names.resolve(mention).stream() : Stream.of(mention))
        .toList();
  }

  /// The services that can be used, with edges among themselves only. None comes to them when all
  /// are linked: as many as before are the same as before.
  SortedMap<ServiceName, ServiceSpec> usable() {
    List<ServiceSpec> sound = new ArrayList<>(drafts.size());
    for (Draft draft : drafts.values()) {
      if (!draft.isBroken() && draft.read().isPresent()) {
        sound.add(draft.read().get());
      }
    }
    if (sound.size() != lastUsable.size()) {
      lastUsable = linked(sound);
    }
    return Collections.unmodifiableSortedMap(lastUsable);
  }

  private SortedMap<ServiceName, ServiceSpec> linked(List<ServiceSpec> sound) {
    SortedMap<ServiceName, ServiceSpec> usable = new TreeMap<>();
    sound.forEach(spec -> usable.put(spec.name(), spec));
    boolean whole = usable.size() == drafts.size();
    usable.replaceAll((name, spec) -> spec.with(whole ? edges(name) : within(name, usable)));
    return usable;
  }

  private Relations edges(ServiceName name) {
    Draft draft = drafts.get(name.value());
    return draft == null ? Relations.NONE : draft.relations();
  }

  private Relations within(ServiceName name, SortedMap<ServiceName, ServiceSpec> usable) {
    Relations relations = edges(name);
    List<Dependency> requirements =
        relations.dependsOn().stream().filter(edge -> usable.containsKey(edge.on())).toList();
    List<ServiceName> after =
        relations.after().stream().filter(earlier -> usable.containsKey(earlier)).toList();
    return new Relations(requirements, after);
  }
}

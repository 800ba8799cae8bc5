package dev.coffey.config;

import dev.coffey.config.tree.Tree;
import dev.coffey.spec.ServiceName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What a name in the files stands for: a service, all instances of one, or all of a group.
final class Names {
  private final Set<String> services = new LinkedHashSet<>();
  private final Map<String, List<String>> instances = new TreeMap<>();
  private final Map<String, List<String>> groups = new TreeMap<>();

  /// @param groups the checked map of groups
  Names(Collection<String> services, Tree.Mapping groups) {
    this.services.addAll(services);
    for (String name : services) {
      int at = name.indexOf('@');
      if (at > 0) {
        instances.computeIfAbsent(name.substring(0, at), _ -> new ArrayList<>()).add(name);
      }
    }
    groups
        .fields()
        .forEach((group, field) -> {
          if (field.value() instanceof Tree.Sequence members) {
            this.groups.put(group, members.texts());
          }
        });
  }

  /// The services behind a name; none when nothing has that name.
  List<String> resolve(String name) {
    if (services.contains(name)) {
      return List.of(name);
    }
    if (instances.containsKey(name)) {
      return List.copyOf(instances.getOrDefault(name, List.of()));
    }
    return ofGroup(name);
  }

  /// Whom a group names, part of the plan or not; none where the name is no group's.
  List<String> members(String name) {
    boolean group = !services.contains(name) && !instances.containsKey(name);
    return group ? groups.getOrDefault(name, List.of()) : List.of();
  }

  private List<String> ofGroup(String name) {
    return groups.getOrDefault(name, List.of()).stream()
        .filter(member -> !member.equals(name))
        .flatMap(member ->
            services.contains(member)
                ? List.of(member).stream()
                : instances.getOrDefault(member, List.of()).stream())
        .distinct()
        .toList();
  }

  /// All groups and the services in them.
  SortedMap<String, SortedSet<ServiceName>> members() {
    SortedMap<String, SortedSet<ServiceName>> members = new TreeMap<>();
    groups.forEach((group, _) -> {
      SortedSet<ServiceName> services = new TreeSet<>();
      ofGroup(group).forEach(name -> services.add(new ServiceName(name)));
      members.put(group, services);
    });
    return members;
  }

  /// Whether anything has this name.
  boolean has(String name) {
    return services.contains(name) || instances.containsKey(name) || groups.containsKey(name);
  }

  /// Whether a text may stand for several names.
  static boolean isPattern(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }

  /// The services that a pattern with `*` and `?`, or a name, stands for.
  List<String> matching(String pattern) {
    if (!isPattern(pattern)) {
      return resolve(pattern);
    }
    StringBuilder expression = new StringBuilder();
    pattern
        .chars()
        .forEach(c ->
            expression.append(
                c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c))));
    Pattern compiled = Pattern.compile(expression.toString());
    return services.stream().filter(name -> compiled.matcher(name).matches()).sorted().toList();
  }

  /// The names of services, one with instances under both of its names.
  Set<String> services() {
    Set<String> all = new TreeSet<>(services);
    all.addAll(instances.keySet());
    return all;
  }

  /// All names there are, for suggestions.
  Collection<String> all() {
    Set<String> all = services();
    all.addAll(groups.keySet());
    return all;
  }
}

package dev.coffey.process;

import dev.coffey.lifecycle.RunId;
import dev.coffey.process.ProcessTable.Entry;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.Offspring;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;

/// Finds the processes that ended runs have left behind.
///
/// As sub-reaper we inherit every orphan below us, so the search begins with our own children that
/// are no service's main process, and goes down from there. It never meets ourselves.
final class Leftovers {
  /// Deeper nesting is cut; a fork bomb shall not hold up the search.
  private static final int PROCESSES_MAX = 100_000;

  /// Whoever asks a run to end waits for this look.
  private static final int BELOW_MAX = 500;

  /// So many runs at once are worth a look at the table of all processes, if that has not many more
  /// to look at; a directory of the table costs more than anything else in killing a process.
  private static final int TOGETHER_MIN = 8;

  private static final int OTHERS_OF_EACH_MAX = 4;

  private final Offspring offspring;
  private final Registry registry;
  private final Mark mark;
  private final int self;

  Leftovers(Libc libc, Registry registry, Mark mark, int self) {
    this.offspring = new Offspring(libc);
    this.registry = registry;
    this.mark = mark;
    this.self = self;
  }

  /// Those alive, by the run they belong to.
  ///
  /// @param between what cannot wait until a long look is over
  Map<RunId, List<Entry>> find(Collection<Remains> ended, Runnable between) {
    Map<RunId, List<Entry>> found = new HashMap<>();
    Set<Integer> visited = new HashSet<>();
    for (int pid : orphans()) {
      walk(pid, Optional.empty(), ended, new Walk(found, visited));
      between.run();
    }
    return found;
  }

  /// The children that are no service's main process; mostly there are none.
  List<Integer> orphans() {
    List<Integer> orphans = new ArrayList<>();
    for (int pid : ProcessTable.childrenOfFirstThread(self)) {
      if (registry.find(pid).isEmpty()) {
        orphans.add(pid);
      }
    }
    return orphans;
  }

  /// Those that live below a main process now.
  List<Entry> below(Child main) {
    return offspring.isNone(main.pid()) ? List.of() : below(main.pid());
  }

  /// The same by a table, where there is one that knows of this process.
  List<Entry> below(Child main, Optional<Table> table) {
    return table
        .filter(known -> known.all().contains(main.pid()))
        .map(known -> known.below(main.pid()))
        .orElseGet(() -> below(main));
  }

  /// All processes there are now and those that may live below main processes, for many of these.
  ///
  /// @param byParent no service's main process, and none whose session is older than any service
  record Table(Set<Integer> all, Map<Integer, List<Entry>> byParent) {
    List<Entry> below(int pid) {
      List<Entry> found = new ArrayList<>();
      List<Entry> open = new ArrayList<>(byParent.getOrDefault(pid, List.of()));
      while (!open.isEmpty() && found.size() < BELOW_MAX) {
        Entry next = open.removeLast();
        if (next.alive()) {
          found.add(next);
        }
        open.addAll(byParent.getOrDefault(next.pid(), List.of()));
      }
      return found;
    }
  }

  /// Empty when there are too few main processes to look at, or too many others.
  ///
  /// @param mains how many, which may grow meanwhile
  Optional<Table> tableFor(IntSupplier mains) {
    if (mains.getAsInt() < TOGETHER_MIN) {
      return Optional.empty();
    }
    Set<Integer> all = ProcessTable.all();
    Set<Integer> others = new HashSet<>(all);
    registry.removeMains(others);
    others.removeIf(offspring::isNobodys);
    if (others.size() > mains.getAsInt() * OTHERS_OF_EACH_MAX) {
      return Optional.empty();
    }
    Map<Integer, List<Entry>> byParent = new HashMap<>();
    for (int pid : others) {
      ProcessTable.entry(pid)
          .ifPresent(
              entry -> byParent.computeIfAbsent(entry.parent(), _ -> new ArrayList<>()).add(entry));
    }
    return Optional.of(new Table(all, byParent));
  }

  /// Those that live below a process now.
  static List<Entry> below(int pid) {
    List<Entry> found = new ArrayList<>();
    List<Integer> open = new ArrayList<>(ProcessTable.children(pid));
    while (!open.isEmpty() && found.size() < BELOW_MAX) {
      int next = open.removeLast();
      ProcessTable.entry(next).filter(Entry::alive).ifPresent(found::add);
      open.addAll(ProcessTable.children(next));
    }
    return found;
  }

  private record Walk(Map<RunId, List<Entry>> found, Set<Integer> visited) {
    boolean enters(int pid) {
      return visited.size() < PROCESSES_MAX && visited.add(pid);
    }
  }

  private void walk(int root, Optional<RunId> above, Collection<Remains> ended, Walk walk) {
    record Step(int pid, Optional<RunId> above) {}
    List<Step> open = new ArrayList<>(List.of(new Step(root, above)));
    while (!open.isEmpty()) {
      Step step = open.removeLast();
      Optional<Entry> entry = ProcessTable.entry(step.pid());
      if (entry.isEmpty() || !walk.enters(step.pid())) {
        continue;
      }
      Optional<RunId> run = owner(entry.get(), ended).or(step::above);
      if (entry.get().alive()) {
        run.ifPresent(
            known -> walk.found().computeIfAbsent(known, _ -> new ArrayList<>()).add(entry.get()));
      }
      ProcessTable.children(step.pid()).forEach(child -> open.add(new Step(child, run)));
    }
  }

  private Optional<RunId> owner(Entry entry, Collection<Remains> ended) {
    return mark.runOf(ProcessTable.environment(entry.pid()))
        .or(() ->
            ended.stream()
                .filter(each -> each.session() == entry.session() || each.saw(entry))
                .map(Remains::run)
                .findFirst());
  }
}

package dev.coffey.process;

import dev.coffey.process.ProcessTable.Entry;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.SignalNames;
import dev.coffey.process.linux.Signals;
import dev.coffey.process.linux.Signals.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who of a run is signalled, and how all of them at once where that is possible.
final class Blows {
  private final Signals signals;
  private final SafeSignals safeSignals;

  Blows(Libc libc) {
    this.signals = new Signals(libc);
    this.safeSignals = new SafeSignals(libc);
  }

  /// The whole group of a main process that cannot be reaped meanwhile.
  Outcome killGroup(Child main) {
    return signals.sendGroup(main.pid(), SignalNames.KILL);
  }

  /// All at once where that is possible, so that forking does not help.
  void kill(Remains remains, List<Entry> left) {
    Optional<Cgroup> group = remains.cgroup();
    if (group.isPresent()) {
      Set<Integer> members = Set.copyOf(group.get().members());
      if (group.get().kill()) {
        killOutside(members, left);
        return;
      }
    }
    left.stream()
        .filter(entry -> entry.group() == remains.session())
        .findFirst()
        .ifPresent(safeSignals::killGroupOf);
    left.forEach(entry -> safeSignals.send(entry, SignalNames.KILL));
  }

  /// Some have moved to a group of their own, as for a login or a container.
  private void killOutside(Set<Integer> members, List<Entry> left) {
    left.stream()
        .filter(entry -> !members.contains(entry.pid()))
        .forEach(entry -> safeSignals.send(entry, SignalNames.KILL));
  }

  /// Asks one to end, stopped or not.
  void ask(Entry entry, int signal) {
    safeSignals.send(entry, signal);
    safeSignals.send(entry, SignalNames.CONT);
  }

  /// Those found, and those that the run's control group tells of; not the main process.
  static List<Entry> withMembers(List<Entry> found, Remains remains) {
    if (remains.cgroup().isEmpty()) {
      return found;
    }
    Map<Integer, Entry> all = new HashMap<>();
    found.forEach(entry -> all.put(entry.pid(), entry));
    for (int pid : remains.cgroup().get().members()) {
      ProcessTable.entry(pid).filter(Entry::alive).ifPresent(entry -> all.put(pid, entry));
    }
    all.remove(remains.session());
    return List.copyOf(all.values());
  }
}

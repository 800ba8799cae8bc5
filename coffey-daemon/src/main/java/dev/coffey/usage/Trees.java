package dev.coffey.usage;

import dev.coffey.lifecycle.RunId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Adds up what a run's processes use: those of its control group where it has one of its own, else
/// those below its main process and those that stayed in its session when their parent ended.
final class Trees {
  private static final long TICKS_PER_SECOND = 100;
  private static final long NANOS_PER_MICRO = 1000;

  private final Proc proc;
  private final double uptimeSeconds;
  private final Map<Integer, ProcessRow> rows = new HashMap<>();
  private final Map<Integer, List<ProcessRow>> byParent = new HashMap<>();
  private final Map<Integer, List<ProcessRow>> bySession = new HashMap<>();

  Trees(Proc proc) {
    this.proc = proc;
    this.uptimeSeconds = proc.uptimeSeconds();
    for (ProcessRow row : proc.all()) {
      rows.put(row.pid(), row);
      byParent.computeIfAbsent(row.parent(), _ -> new ArrayList<>()).add(row);
      bySession.computeIfAbsent(row.session(), _ -> new ArrayList<>()).add(row);
    }
  }

  /// Empty when the process is not there any more.
  Optional<Sample> sample(RunId run, int pid) {
    ProcessRow main = rows.get(pid);
    if (main == null) {
      return Optional.empty();
    }
    long ticks = 0;
    long pages = 0;
    int tasks = 0;
    int descriptors = 0;
    for (ProcessRow row : members(pid).values()) {
      ticks += row.cpuTicks();
      pages += row.pages();
      tasks += row.threads();
      descriptors += proc.descriptors(row.pid());
    }
    double age = uptimeSeconds - (double) main.startTicks() / TICKS_PER_SECOND;
    Duration cpu = Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
    Sample tree =
        new Sample(pid, main.startTicks(), age, cpu, pages * proc.pageBytes(), tasks, descriptors);
    return Optional.of(proc.cgroup(pid, run).map(group -> charged(group, tree)).orElse(tree));
  }

  /// The group's own accounts, where its controllers keep any, know of those that have ended too.
  private Sample charged(Path group, Sample tree) {
    Duration cpu =
        proc.number(group, "cpu.stat", "usage_usec ").stream()
            .mapToObj(micros -> Duration.ofNanos(micros * NANOS_PER_MICRO))
            .findFirst()
            .orElse(tree.cpu());
    return new Sample(
        tree.pid(),
        tree.startTicks(),
        tree.ageSeconds(),
        cpu,
        proc.number(group, "memory.current", "").orElse(tree.memoryBytes()),
        (int) proc.number(group, "pids.current", "").orElse(tree.tasks()),
        tree.descriptors());
  }

  private Map<Integer, ProcessRow> members(int main) {
    Map<Integer, ProcessRow> members = new HashMap<>();
    List<ProcessRow> open = new ArrayList<>(bySession.getOrDefault(main, List.of()));
    Optional.ofNullable(rows.get(main)).ifPresent(open::add);
    while (!open.isEmpty()) {
      ProcessRow next = open.removeLast();
      if (members.putIfAbsent(next.pid(), next) == null) {
        open.addAll(byParent.getOrDefault(next.pid(), List.of()));
      }
    }
    return members;
  }
}

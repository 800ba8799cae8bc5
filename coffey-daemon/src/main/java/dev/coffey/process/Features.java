package dev.coffey.process;

import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.LinuxException;
import dev.coffey.process.linux.Self;
import dev.coffey.process.linux.Signals;
import dev.coffey.process.linux.Spawner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What this machine offers for processes, for people who wonder why something has no effect.
public final class Features {
  private static final int CAP_SYS_RESOURCE = 24;

  private Features() {}

  /// One thing that a machine may have or lack.
  ///
  /// @param topic `process` or `cgroup`
  /// @param without what is done where it is missing
  public record Feature(String topic, String name, boolean present, String without) {
    private static Feature process(String name, boolean present, String without) {
      return new Feature("process", name, present, without);
    }

    private static Feature cgroup(String name, boolean present, String without) {
      return new Feature("cgroup", name, present, without);
    }
  }

  /// Those of the programs that launches may go through that are not there.
  public static Set<String> missingPrograms() {
    Set<String> missing = new HashSet<>();
    if (Helpers.setpriv().isEmpty()) {
      missing.add("setpriv");
    }
    if (!Files.isExecutable(Helpers.SHELL)) {
      missing.add("sh");
    }
    return missing;
  }

  /// Looks afresh; binds libc when it was not.
  public static List<Feature> of(Libc libc, Mark mark) {
    List<Feature> features = new ArrayList<>();
    features.addAll(kernel(libc));
    features.addAll(programs());
    features.addAll(groups(mark));
    return features;
  }

  private static List<Feature> kernel(Libc libc) {
    return List.of(
        Feature.process(
            "close-from at spawn",
            Spawner.closesByItself(libc),
            "descriptors are marked close-on-exec before each spawn"),
        Feature.process(
            "pidfd", pidfd(libc), "orphans are signalled by number after a second look"),
        Feature.process(
            "sub-reaper",
            new Self(libc).isSubreaper() || ownPid() == 1,
            "orphans of services go to the machine's first process and are not ended"),
        Feature.process(
            "lists of children",
            Files.exists(Path.of("/proc/self/task/%d/children".formatted(ownPid()))),
            "orphans are looked for in all of /proc"),
        Feature.process(
            "pseudo terminals", Files.exists(Path.of("/dev/ptmx")), "services cannot have a tty"),
        Feature.process(
            "right to raise limits",
            mayRaiseLimits(),
            "hard limits cannot be raised, nor the OOM score lowered"));
  }

  private static List<Feature> programs() {
    return List.of(
        Feature.process(
            "setpriv",
            Helpers.setpriv().isPresent(),
            "services cannot have a user, groups or capabilities of their own"),
        Feature.process(
            "/bin/sh",
            Files.isExecutable(Helpers.SHELL),
            "services cannot have limits, a umask or passed sockets"));
  }

  private static List<Feature> groups(Mark mark) {
    Optional<Cgroups> groups = Cgroups.find(mark);
    List<String> controllers = groups.map(Cgroups::controllers).orElse(List.of());
    List<Feature> features = new ArrayList<>();
    features.add(
        Feature.cgroup(
            "cgroup v2, writable",
            groups.isPresent(),
            "what a service leaves behind is found by mark, session and tree"));
    for (String controller : List.of("cpu", "memory", "pids")) {
      features.add(
          Feature.cgroup(
              "cgroup controller '%s'".formatted(controller),
              controllers.contains(controller),
              "cgroup.%s_max has no effect".formatted(controller)));
    }
    return features;
  }

  private static boolean pidfd(Libc libc) {
    try {
      new Descriptors(libc).close(new Signals(libc).openPidfd(ownPid()));
      return true;
    } catch (LinuxException missing) {
      return false;
    }
  }

  private static int ownPid() {
    return (int) ProcessHandle.current().pid();
  }

  private static boolean mayRaiseLimits() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("CapEff:"))
          .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
          .anyMatch(set -> (set >>> CAP_SYS_RESOURCE & 1) == 1);
    } catch (IOException unreadable) {
      return false;
    }
  }
}

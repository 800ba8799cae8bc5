package dev.coffey.process;

import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.LinuxException;
import dev.coffey.process.linux.Signals;
import dev.coffey.process.linux.Spawner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What this machine offers for processes, for people who wonder why something has no effect.
public final class Features {
  private static final int CAP_SYS_RESOURCE = 24;

  private Features() {}

  /// One thing that a machine may have or lack.
  ///
  /// @param without what is done where it is missing
  public record Feature(String name, boolean present, String without) {}

  /// Looks afresh; binds libc when it was not.
  public static List<Feature> of(Libc libc, Mark mark) {
    List<Feature> features = new ArrayList<>();
    features.add(
        new Feature(
            "close-from at spawn",
            Spawner.closesByItself(libc),
            "descriptors are marked close-on-exec before each spawn"));
    features.add(
        new Feature("pidfd", pidfd(libc), "orphans are signalled by number after a second look"));
    features.add(
        new Feature(
            "lists of children",
            Files.exists(Path.of("/proc/self/task/%d/children".formatted(ownPid()))),
            "orphans are looked for in all of /proc"));
    features.add(
        new Feature(
            "setpriv",
            Helpers.setpriv().isPresent(),
            "services cannot have a user, groups or capabilities of their own"));
    features.add(
        new Feature(
            "/bin/sh",
            Files.isExecutable(Helpers.SHELL),
            "services cannot have limits, a umask or passed sockets"));
    features.add(
        new Feature(
            "pseudo terminals", Files.exists(Path.of("/dev/ptmx")), "services cannot have a tty"));
    features.add(
        new Feature(
            "right to raise limits",
            mayRaiseLimits(),
            "hard limits cannot be raised, nor the OOM score lowered"));
    groups(mark, features);
    return features;
  }

  private static void groups(Mark mark, List<Feature> features) {
    Optional<Cgroups> groups = Cgroups.find(mark);
    features.add(
        new Feature(
            "cgroup v2, writable",
            groups.isPresent(),
            "what a service leaves behind is found by mark, session and tree"));
    List<String> controllers = groups.map(Cgroups::controllers).orElse(List.of());
    for (String controller : List.of("cpu", "memory", "pids")) {
      features.add(
          new Feature(
              "cgroup controller '%s'".formatted(controller),
              controllers.contains(controller),
              "cgroup.%s_max has no effect".formatted(controller)));
    }
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

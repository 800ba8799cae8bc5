package dev.coffey.process;

import dev.coffey.process.linux.Errno;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.Limits;
import dev.coffey.process.linux.LinuxException;
import dev.coffey.process.linux.Priorities;
import dev.coffey.spec.ResourceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Bounds a process that waits at its gate; the first bound that cannot be set refuses the launch.
final class Bounds {
  private static final String STAGE = "limits";
  private static final int LEVEL_DEFAULT = 4;
  private static final List<String> IO_CLASSES = List.of("none", "realtime", "best-effort", "idle");

  private final Limits limits;
  private final Priorities priorities;
  private final int ownOomScoreAdj;

  Bounds(Libc libc) {
    this.limits = new Limits(libc);
    this.priorities = new Priorities(libc);
    this.ownOomScoreAdj = ownOomScoreAdj();
  }

  /// Whether a process must wait for us before it may run.
  boolean needed(ResourceSpec spec) {
    return spec.nice() != null
        || spec.ionice() != null
        || spec.oomScoreAdj() != ownOomScoreAdj
        || !spec.limits().isEmpty();
  }

  void set(int pid, ResourceSpec spec) throws LaunchException {
    for (Map.Entry<String, ResourceSpec.Limit> each : spec.limits().entrySet()) {
      limit(pid, each.getKey(), each.getValue());
    }
    try {
      Integer nice = spec.nice();
      if (nice != null) {
        priorities.setNice(pid, nice);
      }
      String ionice = spec.ionice();
      if (ionice != null) {
        IoPriority priority = IoPriority.of(ionice);
        priorities.setIo(pid, priority.ioClass(), priority.level());
      }
    } catch (LinuxException refused) {
      throw new LaunchException(STAGE, String.valueOf(refused.getMessage()));
    }
    if (spec.oomScoreAdj() != ownOomScoreAdj) {
      oomScoreAdj(pid, spec.oomScoreAdj());
    }
  }

  private void limit(int pid, String name, ResourceSpec.Limit wanted) throws LaunchException {
    if (!Limits.names().contains(name)) {
      throw new LaunchException(
          STAGE, "unknown limit '%s'; known are %s".formatted(name, Limits.names()));
    }
    try {
      limits.set(pid, name, new Limits.Limit(wanted.soft(), wanted.hard()));
    } catch (LinuxException refused) {
      throw new LaunchException(
          STAGE,
          "cannot set limit '%s' to %s:%s: %s"
              .formatted(
                  name,
                  shown(wanted.soft()),
                  shown(wanted.hard()),
                  refused.errno() == Errno.EPERM
                      ? "the hard limit is lower and the daemon may not raise it"
                      : Errno.text(refused.errno())));
    }
  }

  private static String shown(long limit) {
    return limit == ResourceSpec.Limit.UNLIMITED ? "unlimited" : Long.toString(limit);
  }

  private static void oomScoreAdj(int pid, int value) throws LaunchException {
    try {
      Files.writeString(Path.of("/proc/" + pid + "/oom_score_adj"), Integer.toString(value));
    } catch (IOException refused) {
      throw new LaunchException(
          STAGE,
          "cannot set oom_score_adj to %d: permission denied; lowering it needs CAP_SYS_RESOURCE"
              .formatted(value));
    }
  }

  private static int ownOomScoreAdj() {
    try {
      return Integer.parseInt(Files.readString(Path.of("/proc/self/oom_score_adj")).strip());
    } catch (IOException unreadable) {
      return 0;
    }
  }

  /// `idle`, `best-effort`, `best-effort:7`, `realtime:0`.
  record IoPriority(int ioClass, int level) {
    static IoPriority of(String text) throws LaunchException {
      String[] parts = text.toLowerCase(Locale.ROOT).split(":", -1);
      int ioClass = IO_CLASSES.indexOf(parts[0]);
      boolean levelled = parts.length == 2 && parts[1].matches("[0-7]");
      if (ioClass < 0 || parts.length > 2 || (parts.length == 2 && !levelled)) {
        throw new LaunchException(
            STAGE,
            "ionice must be one of %s with a level from 0 to 7, as in 'best-effort:6', not '%s'"
                .formatted(IO_CLASSES, text));
      }
      int level = ioClass == 1 || ioClass == 2 ? LEVEL_DEFAULT : 0;
      return new IoPriority(ioClass, levelled ? Integer.parseInt(parts[1]) : level);
    }
  }
}

package dev.coffey.process;

import dev.coffey.lifecycle.RunId;
import dev.coffey.spec.ResourceSpec;
import dev.coffey.spec.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The part of the tree of control groups that is ours, where version 2 is mounted and we may
/// write.
///
/// What is empty is given back run by run; the group above them all is left for the next daemon.
/// The core of version 2 needs no controller: it holds a run's processes together and kills them at
/// once. Bounds need controllers, which somebody above us must have delegated.
final class Cgroups {
  private static final Map<String, String> CONTROLLERS =
      Map.of("memory.max", "memory", "cpu.max", "cpu", "pids.max", "pids");

  private final Path above;
  private final Path ours;
  private boolean made;

  private Cgroups(Path above, Path ours) {
    this.above = above;
    this.ours = ours;
  }

  /// Where our groups may be; empty where there is no version 2, or no right to write.
  static Optional<Cgroups> find(Mark mark) {
    try {
      return mountPoint(Files.readAllLines(Path.of("/proc/self/mountinfo")))
          .map(mount -> mount.resolve(ownPath()))
          .filter(above -> Files.isWritable(above.resolve("cgroup.procs")))
          .map(above -> in(above, mark));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  static Cgroups in(Path above, Mark mark) {
    return new Cgroups(above, above.resolve("coffey." + mark.daemon()));
  }

  /// Makes the group of one run and bounds it.
  Cgroup make(ServiceName service, RunId run, ResourceSpec.Cgroup bounds) throws LaunchException {
    try {
      prepare();
      Cgroup group = new Cgroup(ours.resolve("%s.%s".formatted(service.value(), run)));
      Files.createDirectories(group.directory());
      for (Map.Entry<String, String> bound : asFiles(bounds).entrySet()) {
        bound(group, bound.getKey(), bound.getValue());
      }
      return group;
    } catch (IOException refused) {
      throw new LaunchException(
          "cgroup", "cannot make a control group: %s".formatted(refused.getMessage()));
    }
  }

  /// Which bounds have no effect here, and why.
  static List<String> notices(Optional<Cgroups> ours, ResourceSpec.Cgroup bounds) {
    List<String> notices = new ArrayList<>();
    for (String file : asFiles(bounds).keySet()) {
      String controller = CONTROLLERS.getOrDefault(file, "");
      if (ours.isEmpty()) {
        notices.add(
            "cgroup.%s has no effect: no cgroup v2 that this daemon may write"
                .formatted(file.replace('.', '_')));
      } else if (!ours.get().offers(controller)) {
        notices.add(
            "cgroup.%s has no effect: controller '%s' is not delegated to '%s'"
                .formatted(file.replace('.', '_'), controller, ours.get().above));
      }
    }
    return notices;
  }

  /// The controllers that bounds of services may use.
  List<String> controllers() {
    return CONTROLLERS.values().stream().filter(this::offers).sorted().toList();
  }

  private void bound(Cgroup group, String file, String value) throws LaunchException {
    if (!group.has(file)) {
      return;
    }
    try {
      group.write(file, value);
    } catch (IOException refused) {
      throw new LaunchException(
          "cgroup",
          "cannot set cgroup.%s to '%s': the kernel refuses that value"
              .formatted(file.replace('.', '_'), value));
    }
  }

  /// A group that hands controllers on may hold no process itself, so we move into a leaf if we are
  /// in the way. Where that does not help, the bounds have no effect, as the notices say.
  private void prepare() throws IOException {
    if (made) {
      return;
    }
    Files.createDirectories(ours);
    made = true;
    List<String> offered = controllers();
    if (!offered.isEmpty() && !handOn(above, offered)) {
      Cgroup leaf = new Cgroup(ours.resolve("daemon"));
      Files.createDirectories(leaf.directory());
      leaf.join((int) ProcessHandle.current().pid());
      boolean _ = handOn(above, offered);
    }
    boolean _ = handOn(ours, offered);
  }

  private static boolean handOn(Path group, List<String> controllers) {
    boolean all = true;
    for (String controller : controllers) {
      try {
        Files.writeString(group.resolve("cgroup.subtree_control"), "+" + controller);
      } catch (IOException refused) {
        all = false;
      }
    }
    return all;
  }

  private boolean offers(String controller) {
    try {
      String offered = Files.readString(above.resolve("cgroup.controllers")).strip();
      return List.of(offered.split(" ", -1)).contains(controller);
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static Map<String, String> asFiles(ResourceSpec.Cgroup bounds) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("memory.max", bounds.memoryMax());
    files.put("cpu.max", bounds.cpuMax());
    files.put("pids.max", bounds.pidsMax());
    files.values().removeIf(String::isEmpty);
    return files;
  }

  private static Optional<Path> mountPoint(List<String> mounts) {
    return mounts.stream()
        .filter(line -> line.contains(" - cgroup2 "))
        .map(line -> Path.of(line.split(" ", -1)[4]))
        .findFirst();
  }

  /// Relative, so that it can be resolved against the mount point.
  private static String ownPath() {
    try {
      return Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
          .filter(line -> line.startsWith("0::/"))
          .map(line -> line.substring(4))
          .findFirst()
          .orElse("");
    } catch (IOException unreadable) {
      return "";
    }
  }
}

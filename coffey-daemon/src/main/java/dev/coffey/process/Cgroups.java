package dev.coffey.process;

import dev.coffey.lifecycle.RunId;
import dev.coffey.spec.ResourceSpec;
import dev.coffey.spec.ServiceName;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The part of the tree of control groups that is ours, where version 2 is mounted and we may
/// write.
///
/// What is empty is given back run by run, the group above them all when the daemon ends; what a
/// daemon that was killed has left is given back by the next one, as soon as nobody is in it. The
/// core of version 2 needs no controller: it holds a run's processes together and kills them at
/// once. Bounds need controllers, which somebody above us must have delegated.
final class Cgroups {
  private static final Map<String, String> CONTROLLERS =
      Map.of("memory.max", "memory", "cpu.max", "cpu", "pids.max", "pids");

  /// As [CgroupClaim] holds them; other groups below ours are none of our business.
  private static final Pattern OF_A_DAEMON =
      Pattern.compile("coffey\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private static final System.Logger LOG = System.getLogger("coffey.process");

  private final Path above;
  private final Path ours;

  /// The controllers that the group above hands on because of us.
  private final List<String> lent = new ArrayList<>();

  private @Nullable CgroupClaim claim;
  private boolean moved;
  private boolean closed;

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

  /// Where our group is, and those of other daemons.
  Path above() {
    return above;
  }

  /// Makes the group of one run and bounds it.
  synchronized Cgroup make(ServiceName service, RunId run, ResourceSpec.Cgroup bounds)
      throws LaunchException {
    try {
      prepare();
      Cgroup group = new Cgroup(ours.resolve("%s.%s".formatted(service.value(), run)));
      Files.createDirectories(group.directory());
      bound(group, bounds);
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

  /// A group that the kernel does not bound as it was asked to is of no use.
  private static void bound(Cgroup group, ResourceSpec.Cgroup bounds) throws LaunchException {
    try {
      for (Map.Entry<String, String> each : asFiles(bounds).entrySet()) {
        bound(group, each.getKey(), each.getValue());
      }
    } catch (LaunchException refused) {
      boolean _ = group.removeEmpty();
      throw refused;
    }
  }

  private static void bound(Cgroup group, String file, String value) throws LaunchException {
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

  /// Gives back what daemons that are dead have left, unless somebody lives in it.
  void removeStale() {
    try (DirectoryStream<Path> groups = Files.newDirectoryStream(above, "coffey.*")) {
      for (Path group : groups) {
        boolean daemons = OF_A_DAEMON.matcher(group.getFileName().toString()).matches();
        if (daemons && !group.equals(ours)) {
          CgroupClaim.of(group).ifPresent(claimed -> removeStale(new Cgroup(group), claimed));
        }
      }
    } catch (IOException | DirectoryIteratorException unreadable) {
      LOG.log(Level.DEBUG, "cannot look for old control groups: {0}", unreadable.getMessage());
    }
  }

  private static void removeStale(Cgroup group, CgroupClaim claimed) {
    try (claimed) {
      if (!group.populated() && group.removeEmpty()) {
        LOG.log(Level.DEBUG, "removed {0}, left by a daemon that is dead", group.directory());
      }
    }
  }

  /// Gives back all that is empty, at the end of the daemon. Nothing is made any more.
  synchronized void close() {
    closed = true;
    if (claim == null) {
      return;
    }
    leaveLeaf();
    if (!new Cgroup(ours).removeEmpty()) {
      LOG.log(Level.DEBUG, "{0} is still in use", ours);
    }
    claim.close();
    claim = null;
  }

  /// A group that hands controllers on may hold no process itself, so we move into a leaf if we are
  /// in the way. Where that does not help, the bounds have no effect, as the notices say.
  private void prepare() throws IOException {
    if (closed) {
      throw new IOException("the daemon ends");
    }
    if (claim != null) {
      return;
    }
    claim = CgroupClaim.make(ours);
    List<String> offered = controllers();
    lent.addAll(offered);
    lent.removeAll(words(above.resolve("cgroup.subtree_control")));
    if (!offered.isEmpty() && !handOn(above, "+", offered)) {
      Cgroup leaf = new Cgroup(ours.resolve("daemon"));
      Files.createDirectories(leaf.directory());
      leaf.join(ownPid());
      moved = true;
      boolean _ = handOn(above, "+", offered);
    }
    boolean _ = handOn(ours, "+", offered);
  }

  /// What others need of what we had the group above hand on, the kernel does not take back.
  private void leaveLeaf() {
    boolean _ = handOn(ours, "-", controllers());
    boolean _ = handOn(above, "-", lent);
    if (moved) {
      try {
        new Cgroup(above).join(ownPid());
      } catch (IOException refused) {
        LOG.log(Level.DEBUG, "cannot leave {0}: {1}", ours, refused.getMessage());
      }
    }
  }

  private static int ownPid() {
    return (int) ProcessHandle.current().pid();
  }

  private static boolean handOn(Path group, String sign, List<String> controllers) {
    boolean all = true;
    for (String controller : controllers) {
      try {
        Files.writeString(group.resolve("cgroup.subtree_control"), sign + controller);
      } catch (IOException refused) {
        all = false;
      }
    }
    return all;
  }

  private boolean offers(String controller) {
    return words(above.resolve("cgroup.controllers")).contains(controller);
  }

  private static List<String> words(Path file) {
    try {
      return List.of(Files.readString(file).strip().split(" ", -1));
    } catch (IOException unreadable) {
      return List.of();
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

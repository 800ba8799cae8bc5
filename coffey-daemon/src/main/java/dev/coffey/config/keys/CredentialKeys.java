package dev.coffey.config.keys;

import dev.coffey.config.keys.Shape.Choice;
import dev.coffey.config.keys.Shape.Entries;
import dev.coffey.config.keys.Shape.Fields;
import dev.coffey.config.keys.Shape.Items;
import dev.coffey.config.keys.Shape.Text;
import dev.coffey.config.keys.Shape.Whole;
import java.util.List;
import java.util.Map;

/// The keys that say as whom and within what bounds a service runs.
final class CredentialKeys {
  private static final KeyTable CGROUP =
      KeyTable.of(
          "cgroup",
          List.of(
              Key.of("memory_max", new Shape.Size(1 << 20, Long.MAX_VALUE), "memory in all"),
              Key.of("cpu_max", new Text(Grammar.CPU), "CPU time"),
              Key.of("pids_max", new Whole(1, 4_194_304), "processes and threads")));

  /// The rows of the table of services.
  static final List<Key> ROWS =
      List.of(
          Key.of("user", new Text(Grammar.USER), "name or number of the user").orAs("the daemon's"),
          Key.of("group", new Text(Grammar.GROUP), "name or number of the group")
              .orAs("the user's"),
          Key.of("groups", new Items(new Text(Grammar.GROUP)), "further groups").orAs("the user's"),
          Key.of("umask", new Text(Grammar.OCTAL), "mode bits that new files do not get")
              .orAs("inherited"),
          Key.of("nice", new Whole(-20, 19), "scheduling priority, lower is more")
              .orAs("inherited"),
          Key.of("ionice", new Text(Grammar.IONICE), "I/O priority").orAs("inherited"),
          Key.of("oom_score_adj", new Whole(-1000, 1000), "who goes first when memory ends")
              .or("0"),
          Key.of(
                  "limits",
                  new Entries(
                      new Choice(KernelWords.LIMITS, Map.of(), ""), new Text(Grammar.LIMIT)),
                  "resource limits, soft:hard")
              .orAs("inherited"),
          Key.of("no_new_privileges", Shape.FLAG, "set-user-id programs give no more rights")
              .orAs("true when user is set"),
          Key.of(
                  "capabilities",
                  new Items(new Choice(KernelWords.CAPABILITIES, Map.of(), "CAP_")),
                  "capabilities that are kept")
              .orAs("dropped when user is set, else inherited"),
          Key.of("cgroup", new Fields(CGROUP), "bounds by cgroup v2"));

  private CredentialKeys() {}
}

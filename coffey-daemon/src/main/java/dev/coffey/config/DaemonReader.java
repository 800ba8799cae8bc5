package dev.coffey.config;

import dev.coffey.config.keys.Values;
import dev.coffey.config.tree.Problems;
import dev.coffey.spec.DaemonSpec;
import dev.coffey.spec.DaemonSpec.Budget;
import dev.coffey.spec.DaemonSpec.Directories;
import dev.coffey.spec.DaemonSpec.Limits;
import dev.coffey.spec.DaemonSpec.OwnLog;
import dev.coffey.spec.DaemonSpec.Sockets;
import java.nio.file.Path;
import java.util.Map;

/// Reads the daemon's own part.
final class DaemonReader {
  private static final int PARALLEL_PER_PROCESSOR = 4;
  private static final int PARALLEL_MIN = 8;
  private static final int PRIVATE_MODE = 0600;
  private static final int GROUP_MODE = 0660;
  private static final Map<String, Double> SECONDS = Map.of("s", 1.0, "m", 60.0, "h", 3600.0);

  private final Path base;
  private final Host host;
  private final Problems problems;
  private final Locations usual;

  DaemonReader(Path base, Host host, Problems problems) {
    this.base = base;
    this.problems = problems;
    this.host = host;
    this.usual = Locations.of(host);
  }

  DaemonSpec read(Values values) {
    Values logs = values.fields("logs");
    return new DaemonSpec(
        sockets(values),
        new Directories(
            path(values, "pid_file", usual.pidFile()),
            path(values, "runtime_dir", usual.runtime()),
            path(values, "state_dir", usual.state()),
            path(logs, "dir", usual.logs())),
        ownLog(values.fields("log")),
        logs.size("max_total"),
        limits(values),
        new DoorsReader(base, problems).read(values));
  }

  private Sockets sockets(Values values) {
    String group = values.text("socket_group");
    int usualMode = group.isEmpty() ? PRIVATE_MODE : GROUP_MODE;
    return new Sockets(
        path(values, "socket", usual.socket()),
        group,
        values.has("socket_mode") ? Integer.parseInt(values.text("socket_mode"), 8) : usualMode);
  }

  private OwnLog ownLog(Values values) {
    return new OwnLog(
        values.has("path") ? base.resolve(values.text("path")).normalize().toString() : "",
        values.flag("console"),
        values.text("level"),
        RestartReader.word(OwnLog.Format.class, values.text("format")));
  }

  private Limits limits(Values values) {
    int parallel = Math.max(PARALLEL_MIN, PARALLEL_PER_PROCESSOR * host.processors());
    return new Limits(
        values.span("shutdown_timeout"),
        values.has("start_parallelism") ? values.count("start_parallelism") : parallel,
        budget(values.fields("restart_budget")));
  }

  private static Budget budget(Values values) {
    String[] rate = values.text("rate").split("/", 2);
    double perSecond = Double.parseDouble(rate[0]) / SECONDS.getOrDefault(rate[1], 1.0);
    return new Budget(Math.max(perSecond, 1e-6), values.count("burst"));
  }

  private Path path(Values values, String key, Path otherwise) {
    return values.has(key) ? base.resolve(values.text(key)).normalize() : otherwise;
  }
}

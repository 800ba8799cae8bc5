package dev.coffey.spec;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A spec as values under the keys by which the operator writes them, so that two can be compared
/// key by key.
final class SpecKeys {
  private final SortedMap<String, Object> values = new TreeMap<>();

  private SpecKeys() {}

  /// What the process itself sees: a change here needs a restart.
  static SortedMap<String, Object> seen(ServiceSpec spec) {
    SpecKeys keys = new SpecKeys();
    keys.exec(spec.exec());
    keys.credentials(spec.exec().credentials());
    keys.resources(spec.exec().resources());
    Features.Given given = spec.features().given();
    keys.put("logs.streams", List.of(spec.logs().stdout(), spec.logs().stderr()));
    keys.put("sockets", given.sockets());
    keys.put("secrets", given.secrets());
    keys.put("backend", given.backend());
    return keys.values;
  }

  /// What only the daemon sees: a change here applies live.
  static SortedMap<String, Object> live(ServiceSpec spec) {
    SpecKeys keys = new SpecKeys();
    keys.about(spec);
    keys.relations(spec.relations());
    keys.restart(spec);
    keys.health(spec.health());
    keys.logs(spec.logs());
    keys.around(spec.features().around());
    return keys.values;
  }

  /// The daemon's own part.
  static SortedMap<String, Object> daemon(DaemonSpec spec) {
    SpecKeys keys = new SpecKeys();
    keys.put("socket", spec.control().socket());
    keys.put("socket_group", spec.control().group());
    keys.put("socket_mode", spec.control().mode());
    keys.put("pid_file", spec.directories().pidFile());
    keys.put("runtime_dir", spec.directories().runtime());
    keys.put("state_dir", spec.directories().state());
    keys.put("logs.dir", spec.directories().logs());
    keys.put("log", spec.log());
    keys.put("access", spec.doors().access());
    keys.put("remote", spec.doors().remote());
    keys.put("http", spec.doors().http());
    keys.put("history", spec.doors().history());
    keys.put("container", spec.doors().exitWith());
    return keys.values;
  }

  /// What of the daemon's own part applies live.
  static SortedMap<String, Object> daemonLive(DaemonSpec spec) {
    SpecKeys keys = new SpecKeys();
    keys.put("logs.max_total", spec.logsTotalBytesMax());
    keys.put("shutdown_timeout", spec.limits().shutdownTimeout());
    keys.put("start_parallelism", spec.limits().startParallelism());
    keys.put("restart_budget", spec.limits().restarts());
    keys.put("notify", spec.doors().sinks());
    return keys.values;
  }

  private void put(String key, @Nullable Object value) {
    values.put(key, Optional.ofNullable(value));
  }

  private void exec(ExecSpec exec) {
    put("binary", exec.command().binary());
    put("args", exec.command().args());
    put("directory", exec.directory());
    put("stdin", exec.stdin());
    put("tty", exec.tty());
    EnvSpec env = exec.env();
    put("env_clear", env.clear());
    put("env_pass", env.pass());
    put("env_file", env.files());
    env.defaults().forEach((name, value) -> put("env." + name, value));
    env.set().forEach((name, value) -> put("env." + name, value));
  }

  private void credentials(Credentials credentials) {
    put("user", credentials.user());
    put("group", credentials.group());
    put("groups", credentials.groups());
    put("no_new_privileges", credentials.noNewPrivileges());
    put("capabilities", List.of(credentials.dropCapabilities(), credentials.capabilities()));
  }

  private void resources(ResourceSpec resources) {
    put("umask", resources.umask());
    put("nice", resources.nice());
    put("ionice", resources.ionice());
    put("oom_score_adj", resources.oomScoreAdj());
    put("cgroup", resources.cgroup());
    resources.limits().forEach((name, limit) -> put("limits." + name, limit));
  }

  private void about(ServiceSpec spec) {
    put("description", spec.about().description());
    put("tier", spec.about().tier());
    spec.about().labels().forEach((name, value) -> put("labels." + name, value));
    put("type", spec.start().kind());
    put("enabled", spec.start().enabled());
    put("start_timeout", spec.start().timeout());
    put("remain_after_exit", spec.start().remainAfterExit());
    put("max_runtime", spec.start().runtimeMax());
  }

  private void relations(Relations relations) {
    for (Dependency edge : relations.dependsOn()) {
      put("depends_on." + edge.on(), edge);
    }
    put("after", relations.after());
  }

  private void restart(ServiceSpec spec) {
    RestartSpec restart = spec.restart();
    put("restart", restart.policy());
    put("success_codes", restart.successCodes());
    put("permanent_failure_codes", restart.permanentFailureCodes());
    put("on_failure", restart.onFailure());
    put("give_up", restart.giveUp());
    Backoff backoff = restart.backoff();
    put("backoff.initial", backoff.initial());
    put("backoff.max", backoff.max());
    put("backoff.multiplier", backoff.multiplier());
    put("backoff.jitter", backoff.jitter());
    put("backoff.reset_after", backoff.resetAfter());
    put("backoff.max_attempts", backoff.attemptsMax());
    put("stop.signal", spec.stop().signal());
    put("stop.timeout", spec.stop().timeout());
    put("stop.command", spec.stop().command());
  }

  private void health(HealthSpec health) {
    put("healthcheck.startup", health.startup());
    put("healthcheck.readiness", health.readiness());
    put("healthcheck.liveness", health.liveness());
  }

  private void logs(LogSpec logs) {
    put("logs.segment", logs.segmentBytes());
    put("logs.keep", logs.segmentsKept());
    put("logs.max_age", logs.ageMax());
    put("logs.pressure", logs.pressure());
    put("logs.line_max", logs.lineBytesMax());
  }

  private void around(Features.Around around) {
    put("listen", around.listen());
    put("schedule", around.schedule());
    put("watch", around.watch());
    put("hooks", around.hooks());
    put("deploy", around.deploy());
    put("notify", around.sinks());
    put("survive_daemon", around.survival());
  }
}

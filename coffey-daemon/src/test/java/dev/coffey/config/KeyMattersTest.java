package dev.coffey.config;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.config.ConfigOutcome.Loaded;
import dev.coffey.config.keys.DaemonKeys;
import dev.coffey.config.keys.Key;
import dev.coffey.config.keys.ServiceKeys;
import dev.coffey.spec.Plan;
import dev.coffey.spec.PlanDiff;
import dev.coffey.spec.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each key that is read has an effect on the plan, and the one that the table promises: those that
/// come with a later version too.
class KeyMattersTest {
  private static final ServiceName WEB = new ServiceName("web");

  /// Keys that shape the files, not the service; the golden tests show what they do.
  private static final Set<String> OF_THE_FILES =
      Set.of(
          "name", "override", "interpolate", "profiles", "instances", "binary", "command", "shell");

  private static final Map<String, String> SERVICE =
      Map.ofEntries(
          entry("description", "new"),
          entry("labels", "{a: b}"),
          entry("enabled", "false"),
          entry("tier", "late"),
          entry("args", "[--new]"),
          entry("type", "oneshot"),
          entry("remain_after_exit", "true"),
          entry("directory", "/srv"),
          entry("stdin", "pipe"),
          entry("tty", "true"),
          entry("backend", "{systemd: web.service}"),
          entry("env", "{A: b}"),
          entry("env_file", "/etc/web.env"),
          entry("env_pass", "[TERM]"),
          entry("env_clear", "true"),
          entry("secrets", "[{name: key, file: /etc/key}]"),
          entry("user", "www"),
          entry("group", "www"),
          entry("groups", "[www]"),
          entry("umask", "'077'"),
          entry("nice", "5"),
          entry("ionice", "idle"),
          entry("oom_score_adj", "100"),
          entry("limits", "{nofile: 100}"),
          entry("no_new_privileges", "true"),
          entry("capabilities", "[NET_RAW]"),
          entry("cgroup", "{memory_max: 1GiB}"),
          entry("restart", "always"),
          entry("success_codes", "[0, 3]"),
          entry("permanent_failure_codes", "[3]"),
          entry("backoff", "{initial: 2s}"),
          entry("give_up", "{restarts: 5, within: 5m}"),
          entry("on_failure", "shutdown"),
          entry("start_timeout", "7s"),
          entry("stop", "{signal: INT}"),
          entry("max_runtime", "1h"),
          entry("healthcheck", "{liveness: {type: tcp, address: '127.0.0.1:1'}}"),
          entry("depends_on", "[db]"),
          entry("after", "[db]"),
          entry("binds_to", "[db]"),
          entry("port_base", "8000"),
          entry("listen", "[8080]"),
          entry("sockets", "[{listen: 8080}]"),
          entry("schedule", "'0 3 * * *'"),
          entry("watch", "{include: ['*.java']}"),
          entry("hooks", "{pre_start: /bin/true}"),
          entry("logs", "{keep: 9}"),
          entry("deploy", "{steps: [make]}"),
          entry("notify", "[ops]"),
          entry("survive_daemon", "false"));

  private static final Map<String, String> COFFEY =
      Map.ofEntries(
          entry("socket", "/run/other.sock"),
          entry("socket_group", "adm"),
          entry("socket_mode", "'0600'"),
          entry("pid_file", "/run/other.pid"),
          entry("runtime_dir", "/run/other"),
          entry("state_dir", "/var/lib/other"),
          entry("log", "{level: debug}"),
          entry("logs", "{dir: /srv/log}"),
          entry("shutdown_timeout", "20s"),
          entry("start_parallelism", "3"),
          entry("restart_budget", "{burst: 5}"),
          entry("access", "[{role: admin, users: [ann]}]"),
          entry("remote", "{listen: '127.0.0.1:1', tokens_file: /etc/tokens}"),
          entry("http", "{listen: '127.0.0.1:9876'}"),
          entry("history", "{keep: 9d}"),
          entry("notify", "[{name: ops, type: log}, {name: more, type: log}]"),
          entry("container", "{exit_with: db}"));

  static Stream<String> serviceKeys() {
    return ServiceKeys.SERVICE.keys().keySet().stream().filter(key -> !OF_THE_FILES.contains(key));
  }

  static Stream<String> coffeyKeys() {
    return DaemonKeys.COFFEY.keys().keySet().stream().filter(key -> !key.equals("set"));
  }

  @ParameterizedTest
  @MethodSource("serviceKeys")
  void keyOfAServiceHasTheEffectOfTheTable(String name) {
    Plan before = plan("", "binary: /bin/web");
    String value = name.equals("before") ? "[db]" : SERVICE.getOrDefault(name, "");
    assertThat(value).as("a sample for " + name).isNotEmpty();

    Plan after = plan("", "binary: /bin/web, %s: %s".formatted(name, value));

    PlanDiff diff = PlanDiff.between(before, after);
    ServiceName moved = name.equals("before") ? new ServiceName("db") : WEB;
    assertThat(diff.changed()).containsKey(moved);
    // Services without a tier come after those with one.
    assertThat(diff.changed()).hasSize(name.equals("tier") ? 3 : 1);
    Key key = requireNonNull(ServiceKeys.SERVICE.keys().get(name));
    assertThat(effect(diff, moved).name()).isEqualTo(key.effect().name());
  }

  @ParameterizedTest
  @MethodSource("coffeyKeys")
  void keyOfTheDaemonHasTheEffectOfTheTable(String name) {
    Plan before = plan(name.equals("socket_mode") ? "socket_group: a," : "", "binary: /bin/web");
    String other = name.equals("socket_mode") ? "socket_group: a," : "";
    assertThat(COFFEY).containsKey(name);

    Plan after = plan(other + name + ": " + COFFEY.get(name) + ",", "binary: /bin/web");

    PlanDiff diff = PlanDiff.between(before, after);
    Key key = requireNonNull(DaemonKeys.COFFEY.keys().get(name));
    assertThat(diff.changed()).isEmpty();
    assertThat(diff.daemon().values())
        .extracting(Enum::name)
        .isNotEmpty()
        .allMatch(effect -> effect.equals(key.effect().name()));
  }

  @Test
  void streamsThatAreKeptTakeARestart() {
    Plan before = plan("", "binary: /bin/web");

    Plan after = plan("", "binary: /bin/web, logs: {streams: [stdout], keep: 9}");

    assertThat(requireNonNull(PlanDiff.between(before, after).changed().get(WEB)).keys())
        .containsExactly(
            entry("logs.keep", PlanDiff.Effect.LIVE),
            entry("logs.streams", PlanDiff.Effect.RESTART));
  }

  @Test
  void budgetOfAllLogsAppliesLive() {
    Plan before = plan("", "binary: /bin/web");

    Plan after = plan("logs: {max_total: 2GiB},", "binary: /bin/web");

    assertThat(PlanDiff.between(before, after).daemon())
        .containsExactly(entry("logs.max_total", PlanDiff.Effect.LIVE));
  }

  @Test
  void commandAndShellAreAnotherWayToNameTheBinary() {
    Plan before = plan("", "binary: /bin/web");
    Plan after = plan("", "command: /bin/web, shell: true");

    assertThat(effect(PlanDiff.between(before, after), WEB)).isEqualTo(PlanDiff.Effect.RESTART);
  }

  private static PlanDiff.Effect effect(PlanDiff diff, ServiceName name) {
    return requireNonNull(diff.changed().get(name)).effect();
  }

  private static Plan plan(String coffey, String web) {
    String sinks = coffey.contains("notify:") ? "" : "notify: [{name: ops, type: log}]";
    String yaml =
        "coffey: {%s %s}\nservices: {app: {binary: /bin/app}, web: {%s}, db: {binary: /bin/db}}\n"
            .formatted(coffey, sinks, web);
    MemoryFiles files = new MemoryFiles().with("/etc/coffey/config.yaml", yaml);
    Loaded loaded =
        Reading.loaded(
            new ConfigReader(files, Reading.ROOT, Set.of()).read(ConfigRequest.strict(List.of())));
    return loaded.plan();
  }
}

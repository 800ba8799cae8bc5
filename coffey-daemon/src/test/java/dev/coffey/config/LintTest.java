package dev.coffey.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.coffey.spec.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LintTest {
  /// A rule's code, what sets it off, and the key it points at.
  record Case(String code, String path, String yaml) {}

  private static Case web(String code, String key, String body) {
    return new Case(code, "services.web." + key, "services: {web: {%s}}".formatted(body));
  }

  private static Case two(String code, String key, String web, String db) {
    String yaml = "services: {db: {%s}, web: {%s}}".formatted(db, web);
    return new Case(code, "services.web." + key, yaml);
  }

  private static Case coffey(String code, String key, String body) {
    String yaml = "coffey: {%s}\nservices: {web: {binary: /bin/web}}".formatted(body);
    return new Case(code, "coffey." + key, yaml);
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    cases.addAll(ofCommands());
    cases.addAll(ofHealth());
    cases.addAll(ofRestarts());
    cases.addAll(ofSeveral());
    return cases.stream();
  }

  private static List<Case> ofCommands() {
    return List.of(
        web("relative-binary", "binary", "binary: bin/web, directory: /srv"),
        web("binary-missing", "binary", "binary: /bin/missing"),
        web("binary-missing", "command", "command: missing --now"),
        web("binary-not-executable", "binary", "binary: /bin/plain"),
        web("world-writable", "binary", "binary: /bin/open"),
        web("shell-characters", "args", "binary: /bin/web, args: [a, '|', b]"),
        web("shell-characters", "command", "command: 'web > /tmp/log'"),
        web("shell-characters", "args", "binary: /bin/web, args: ['$(date)']"),
        web("dollar-name", "args", "binary: /bin/web, args: ['$HOME/x']"),
        web("tilde", "binary", "binary: ~/bin/web"),
        web("directory-missing", "directory", "binary: /bin/web, directory: /missing"),
        web("secret-in-clear", "env", "binary: /bin/web, env: {DB_PASSWORD: hunter2}"),
        web("secret-in-args", "args", "binary: /bin/web, args: [--token=abc]"),
        web("env-file-missing", "env_file", "binary: /bin/web, env_file: /etc/missing.env"),
        web("privileged-port", "env", "binary: /bin/web, user: www, env: {PORT: 80}"));
  }

  private static List<Case> ofHealth() {
    return List.of(
        web("probe-not-local", "healthcheck.readiness.url", probe("url: 'http://example.org/'")),
        web("probe-not-local", "healthcheck.readiness.url", probe("url: 'http://127.a.org/'")),
        web(
            "timeout-above-interval",
            "healthcheck.readiness.timeout",
            probe("url: 'http://127.0.0.1/', interval: 1s, timeout: 5s")),
        web(
            "never-ready",
            "start_timeout",
            probe("url: 'http://127.0.0.1/', initial_delay: 9s") + ", start_timeout: 5s"),
        web(
            "probe-of-oneshot",
            "healthcheck",
            probe("url: 'http://127.0.0.1/'") + ", type: oneshot"),
        web(
            "restart-against-policy",
            "restart",
            "binary: /bin/web, restart: no,"
                + " healthcheck: {liveness: {type: tcp, address: '127.0.0.1:1'}}"));
  }

  private static String probe(String keys) {
    return "binary: /bin/web, healthcheck: {readiness: {type: http, %s}}".formatted(keys);
  }

  private static List<Case> ofRestarts() {
    return List.of(
        web("stop-above-shutdown", "stop.timeout", "binary: /bin/web, stop: {timeout: 5m}"),
        web("stop-signal", "stop.signal", "binary: /bin/web, stop: {signal: KILL}"),
        web("oneshot-for-ever", "restart", "binary: /bin/web, type: oneshot, restart: always"),
        web("remain-without-oneshot", "remain_after_exit", "binary: /b, remain_after_exit: true"),
        web("hot-loop", "backoff.initial", "binary: /bin/web, backoff: {initial: 0s}"),
        web("code-twice", "permanent_failure_codes", "binary: /b, permanent_failure_codes: [0]"),
        web("zero-is-failure", "success_codes", "binary: /bin/web, success_codes: [3]"),
        web("give-up-out-of-reach", "give_up", "binary: /b, give_up: {restarts: 9, within: 20s}"),
        web("backoff-without-restart", "backoff", "binary: /b, restart: no, backoff: {max: 9s}"),
        web("bare-duration", "stop.timeout", "binary: /bin/web, stop: {timeout: 5}"),
        web("no-value", "stop", "binary: /bin/web, stop: "),
        web("old-name", "cmd", "cmd: /bin/web"));
  }

  private static List<Case> ofSeveral() {
    return List.of(
        two(
            "healthy-without-readiness",
            "depends_on",
            "binary: /bin/web, depends_on: [{name: db, condition: healthy}]",
            "binary: /bin/db"),
        two(
            "dependency-not-enabled",
            "depends_on",
            "binary: /bin/web, depends_on: [db]",
            "binary: /bin/db, enabled: false"),
        two(
            "redundant-order",
            "after",
            "binary: /bin/web, depends_on: [db], after: [db]",
            "binary: /bin/db"),
        two(
            "completed-of-service",
            "depends_on",
            "binary: /bin/web, depends_on: [{name: db, condition: completed}]",
            "binary: /bin/db"),
        two("port-twice", "env", "binary: /bin/web, env: {PORT: 1}", "binary: /b, env: {PORT: 1}"),
        two(
            "port-twice",
            "sockets",
            "binary: /bin/web, sockets: [{listen: '127.0.0.1:80'}]",
            "binary: /b, sockets: [{listen: 80}]"),
        two(
            "port-twice",
            "sockets",
            "binary: /bin/web, sockets: [{listen: /run/a.sock}]",
            "binary: /b, sockets: [{listen: /run/a.sock}]"),
        two(
            "log-twice",
            "command",
            "command: 'web >> /var/log/x', shell: true",
            "command: 'db >> /var/log/x', shell: true"),
        two("same-command", "binary", "binary: /bin/web", "binary: /bin/web"),
        coffey("log-inside-logs", "log", "log: {path: /var/log/coffey/daemon.log}"),
        coffey("state-not-kept", "state_dir", "state_dir: /tmp/state"),
        coffey("open-socket", "socket_mode", "socket_mode: 0666"),
        coffey("stop-above-shutdown", "shutdown_timeout", "shutdown_timeout: 2s"),
        new Case("no-services", "services", "services: {}"),
        new Case(
            "order-loop",
            "services.a",
            "services: {a: {binary: /a, after: [b]}, b: {binary: /b, after: [a]}}"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void ruleWarnsAtTheKeyThatIsWrong(Case rule) {
    var loaded = Reading.loaded(rule.yaml());

    assertThat(loaded.warnings())
        .extracting(Problem::code, Problem::path)
        .contains(tuple(rule.code(), rule.path()));
  }

  @Test
  void ordinaryUserIsToldThatOnlyRootCanChangeUsers() {
    var host = new Host(1000, Path.of("/home/ann"), Map.of(), 2);
    var files =
        new MemoryFiles().with("/home/ann/coffey.yaml", "services: {web: {binary: /b, user: x}}");

    var outcome = new ConfigReader(files, host).read(ConfigRequest.boot(List.of("coffey.yaml")));

    assertThat(Reading.loaded(outcome).warnings())
        .extracting(Problem::code)
        .containsExactly("needs-root");
  }

  @Test
  void socketPathThatTheKernelRefusesIsAnError() {
    String path = "/run/" + "x".repeat(120);

    assertThat(Reading.refused("coffey: {socket: %s}\nservices: {}".formatted(path)))
        .anyMatch(problem -> problem.contains("socket-too-long"));
  }

  @Test
  void fileThatOnlyLooksLikeADropInIsNotReadInSilence() {
    var files =
        new MemoryFiles()
            .with("/etc/coffey/config.yaml", "services: {web: {binary: /bin/web}}")
            .with("/etc/coffey/services.d/db.json", "{}");

    assertThat(Reading.loaded(Reading.of(files)).warnings())
        .extracting(Problem::code)
        .containsExactly("ignored-file");
  }

  @Test
  void directoryOfDropInsThatEverybodyMayChangeIsToldOf(@TempDir Path folder) throws IOException {
    Path dropIns = Files.createDirectory(folder.resolve("services.d"));
    Files.writeString(dropIns.resolve("web.yaml"), "binary: /bin/sh");
    Files.setPosixFilePermissions(dropIns, PosixFilePermissions.fromString("rwxr-xrwx"));

    var outcome =
        new ConfigReader(new DiskFiles(), Reading.ROOT)
            .read(ConfigRequest.strict(List.of(folder.toString())));

    assertThat(Reading.loaded(outcome).warnings())
        .extracting(Problem::code, Problem::place)
        .containsExactly(tuple("world-writable", dropIns.toString()));
  }

  @Test
  void portsOfDifferentAddressesOrProtocolsDoNotMeet() {
    var loaded =
        Reading.loaded(
            """
            services:
              a: {binary: /bin/a, sockets: [{listen: "127.0.0.1:53"}, {name: u, listen: "53/udp"}]}
              b: {binary: /bin/b, sockets: [{listen: "127.0.0.2:53"}], env: {PORT: "53"}}
            """);

    assertThat(loaded.warnings()).isEmpty();
  }

  @Test
  void soundConfigurationRaisesNoWarning() {
    var loaded =
        Reading.loaded(
            """
            services:
              db:
                binary: /bin/db
                healthcheck: {readiness: {type: tcp, address: "127.0.0.1:5432"}}
              web:
                command: exec web --port ${PORT:-80} > /dev/null
                shell: true
                user: www
                env: {PORT: 8080, TOKEN_FILE: /run/token}
                depends_on: [db]
                give_up: {restarts: 5, within: 5m}
            """);

    assertThat(loaded.warnings()).isEmpty();
  }
}

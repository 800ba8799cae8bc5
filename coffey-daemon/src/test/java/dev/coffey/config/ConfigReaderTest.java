package dev.coffey.config;

import static dev.coffey.config.Reading.loaded;
import static dev.coffey.config.Reading.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.process.linux.SignalNames;
import dev.coffey.spec.Command;
import dev.coffey.spec.Dependency;
import dev.coffey.spec.Listener;
import dev.coffey.spec.Listener.Transport;
import dev.coffey.spec.Problem;
import dev.coffey.spec.ResourceSpec;
import dev.coffey.spec.ServiceName;
import dev.coffey.spec.ServiceSpec;
import dev.coffey.spec.SocketSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {
  private static final String SEED =
      """
      services:
        - name: api
          binary: /usr/local/bin/api
          args: ["--port", "8080"]
          env: [PORT=8080]
          restart: always
          healthcheck:
            readiness: {type: http, url: "http://127.0.0.1:8080/healthz", interval: 5s}
          backoff: {initial: 1s, max: 30s, multiplier: 2.0}
        - name: frontend
          binary: /usr/local/bin/frontend
          depends_on: [{name: api, condition: healthy}]
      """;

  @Test
  void signalsOfRealTimeAreNamedFromTheLowest() {
    ServiceSpec web =
        Reading.web(
            "binary: /bin/web",
            "stop: {signal: SIGRTMIN+3}",
            "success_codes: [0, RTMIN, sigrtmin+1, RTMAX]");

    assertThat(web.stop().signal()).isEqualTo("RTMIN+3");
    assertThat(web.restart().successCodes())
        .containsExactlyInAnyOrder("0", "RTMIN+0", "RTMIN+1", "RTMIN+30");
    assertThat(SignalNames.number(web.stop().signal())).hasValue(37);
    assertThat(SignalNames.name(64)).isEqualTo("RTMIN+30");
  }

  @Test
  void thereAreNoMoreSignalsOfRealTimeThanTheKernelHas() {
    assertThat(refused("services: {web: {binary: /bin/web, stop: {signal: RTMIN+31}}}\n"))
        .singleElement()
        .asString()
        .contains("must be a known name, not 'RTMIN+31'");
  }

  @Test
  void dollarIsADollarHoweverItIsWritten() {
    ServiceSpec web = Reading.web("binary: \"/bin/\\x24{NAME:-web}\"");

    assertThat(web.exec().command().binary()).isEqualTo("/bin/web");
  }

  @Test
  void serviceWithOnlyACommandHasTheDefaultsOfTheSpec() {
    var plan = loaded("services: [{name: web, binary: /bin/web}]").plan();

    assertThat(plan.services().values())
        .containsExactly(ServiceSpec.of("web", new Command("/bin/web", List.of())));
  }

  @Test
  void oneFileAndDropInsGiveTheSamePlan() {
    var one = loaded(SEED).plan();
    var files =
        new MemoryFiles()
            .with(
                "/etc/coffey/services.d/api.yaml",
                """
                binary: /usr/local/bin/api
                args: ["--port", "8080"]
                env: [PORT=8080]
                restart: always
                healthcheck:
                  readiness: {type: http, url: "http://127.0.0.1:8080/healthz", interval: 5s}
                backoff: {initial: 1s, max: 30s, multiplier: 2.0}
                """)
            .with(
                "/etc/coffey/services.d/frontend.yml",
                """
                services:
                  frontend:
                    binary: /usr/local/bin/frontend
                    depends_on: {api: {condition: healthy}}
                """);

    var several = loaded(Reading.of(files)).plan();

    assertThat(several).isEqualTo(one);
    assertThat(Reading.service(loaded(SEED), "frontend").relations().dependsOn())
        .extracting(Dependency::condition)
        .containsExactly(Dependency.Condition.HEALTHY);
  }

  @Test
  void allProblemsAreToldAtOnceEachWithItsPlace() {
    var problems =
        refused(
            """
            services:
              web:
                comand: /bin/web
                restart: sometimes
                nice: 99
                stop: {timeout: soon}
            """);

    assertThat(problems)
        .containsExactly(
            "2:3 missing-key services.web: 'binary' or 'command' is missing",
            "3:5 unknown-key services.web.comand: unknown key 'comand'",
            "4:14 unknown-word services.web.restart: must be one of always, on-failure, no,"
                + " not 'sometimes'",
            "5:11 out-of-range services.web.nice: must be a whole number from -20 to 19, not '99'",
            "6:21 wrong-duration services.web.stop.timeout:"
                + " must be a duration such as 500ms, 5s or 1m30s, not 'soon'");
  }

  @Test
  void problemShowsTheLineACaretAndTheNearestWord() {
    var outcome = Reading.of("services:\n  web:\n    binary: /bin/web\n    restrt: always\n");

    var problem = ((ConfigOutcome.Refused) outcome).problems().getFirst();

    assertThat(problem.place()).isEqualTo("/etc/coffey/config.yaml:4:5");
    assertThat(problem.help()).isEqualTo("did you mean 'restart'?");
    assertThat(problem.excerpt()).isEqualTo("    restrt: always\n    ^");
  }

  @Test
  void cycleIsPrintedWhole() {
    assertThat(
            refused(
                """
                services:
                  a: {binary: /bin/a, depends_on: [b]}
                  b: {binary: /bin/b, depends_on: [a]}
                """))
        .containsExactly(
            "2:23 dependency-cycle services.a.depends_on:"
                + " dependencies form a cycle: a → b → a");
  }

  @Test
  void dependencyOnItselfOrOnNobodyIsRefused() {
    assertThat(
            refused(
                """
                services:
                  web: {binary: /bin/web, depends_on: [web, dp]}
                  db: {binary: /bin/db}
                """))
        .containsExactly(
            "2:40 self-dependency services.web.depends_on[0]:"
                + " service 'web' cannot depend on itself",
            "2:45 unknown-service services.web.depends_on[1]:"
                + " service 'web' names 'dp', but no service has that name");
  }

  @Test
  void missingFileIsNamed() {
    var outcome =
        new ConfigReader(new MemoryFiles(), Reading.ROOT)
            .read(ConfigRequest.boot(List.of("/srv/coffey.yaml")));

    assertThat(refused(outcome))
        .containsExactly(
            "/srv/coffey.yaml unreadable : cannot read '/srv/coffey.yaml': there is no such file");
  }

  @Test
  void keyOfALaterVersionIsRefusedRatherThanIgnored() {
    assertThat(refused("services: [{name: web, binary: /bin/web, watch: {include: ['*']}}]"))
        .containsExactly(
            "1:42 unsupported-key services.web.watch: 'watch' is not supported in this version");
  }

  @Test
  void whatNeedsAProgramThatIsMissingIsRefusedBeforeItIsLaunched() {
    var host = new Host(0, Path.of("/root"), Map.of(), 4, Set.of("setpriv", "sh"));
    var files =
        new MemoryFiles()
            .with(
                "/etc/coffey/config.yaml",
                "services: {web: {binary: /bin/web, user: www, umask: '022'}}");

    assertThat(refused(new ConfigReader(files, host).read(ConfigRequest.strict(List.of()))))
        .containsExactly(
            "1:36 missing-program services.web.user: 'user' needs"
                + " util-linux' program 'setpriv', which is not installed",
            "1:47 missing-program services.web.umask: 'umask' needs"
                + " '/bin/sh', which is not installed");
  }

  /// T64: a pid file may be stale or name another; a service has none to be believed.
  @Test
  void aServiceHasNoPidFile() {
    assertThat(refused("services: [{name: web, binary: /bin/web, pid_file: /run/web.pid}]"))
        .containsExactly("1:42 unknown-key services.web.pid_file: unknown key 'pid_file'");
  }

  @Test
  void socketsAreReadInEveryForm() {
    var loaded =
        loaded(
            Reading.of(
                new MemoryFiles()
                    .with(
                        "/etc/coffey/config.yaml",
                        """
                        services:
                          web:
                            binary: /bin/web
                            sockets:
                              - {listen: 8080}
                              - {name: six, listen: "[::1]:443"}
                              - {name: dns, listen: "127.0.0.1:53/udp"}
                              - {name: local, listen: /run/web.sock, mode: "0660"}
                        """)));

    assertThat(Reading.service(loaded, "web").features().given().sockets())
        .containsExactly(
            new SocketSpec("socket0", new Listener(Transport.TCP, "", 8080, ""), 0666, false),
            new SocketSpec("six", new Listener(Transport.TCP, "[::1]", 443, ""), 0666, false),
            new SocketSpec("dns", new Listener(Transport.UDP, "127.0.0.1", 53, ""), 0666, false),
            new SocketSpec(
                "local", new Listener(Transport.UNIX, "", 0, "/run/web.sock"), 0660, false));
  }

  @Test
  void aSocketThatCannotBeIsAProblem() {
    assertThat(
            refused(
                "services: [{name: web, binary: /bin/web, sockets: ["
                    + "{listen: 70000}, {name: a, listen: 'example.org:80'}, {name: a, listen: 81}]}]"))
        .containsExactly(
            "1:53 out-of-range services.web.sockets[0].listen: must have a port from 1 to 65535,"
                + " not '70000'",
            "1:79 bad-socket services.web.sockets[1].listen: the address must be a number or"
                + " localhost, not 'example.org'",
            "1:107 bad-socket services.web.sockets[2].name: another socket is named 'a'");
  }

  @Test
  void aShareOfTheProcessorsBecomesWhatTheKernelTakes() {
    var loaded =
        loaded(
            Reading.of(
                new MemoryFiles()
                    .with(
                        "/etc/coffey/config.yaml",
                        "services: [{name: web, binary: /bin/web, cgroup: {cpu_max: 150%,"
                            + " memory_max: 64MiB, pids_max: 50}}]")));

    assertThat(Reading.service(loaded, "web").exec().resources().cgroup())
        .isEqualTo(new ResourceSpec.Cgroup("67108864", "150000 100000", "50"));
  }

  @Test
  void badDropInDisablesItsServiceAndWhatRequiresItAtBoot() {
    var files =
        new MemoryFiles()
            .with(
                "/etc/coffey/config.yaml",
                "services: {web: {binary: /bin/web, depends_on: [db]}, log: {binary: /bin/log}}")
            .with("/etc/coffey/services.d/db.yaml", "binry: /bin/db\n");

    var loaded = loaded(Reading.of(files));

    assertThat(loaded.plan().services().keySet()).extracting("value").containsExactly("log");
    assertThat(loaded.invalid()).containsOnlyKeys("db", "web");
    assertThat(loaded.plan().invalid().keySet()).extracting("value").containsExactly("db", "web");
    assertThat(loaded.plan().invalid().get(new ServiceName("db")))
        .extracting(Problem::place)
        .isEqualTo("/etc/coffey/services.d/db.yaml:1:1");
    var strict = new ConfigReader(files, Reading.ROOT).read(ConfigRequest.strict(List.of()));
    assertThat(strict).isInstanceOf(ConfigOutcome.Refused.class);
  }

  @Test
  void ordinaryUserHasItsOwnPlaces() {
    var host =
        new Host(
            1000,
            Path.of("/home/ann"),
            Map.of("HOME", "/home/ann", "XDG_RUNTIME_DIR", "/run/user/1000"),
            4);
    var files =
        new MemoryFiles()
            .with("/home/ann/.config/coffey/config.yaml", "services: {web: {binary: web}}");

    var loaded = loaded(new ConfigReader(files, host).read(ConfigRequest.boot(List.of())));

    var daemon = loaded.plan().daemon();
    assertThat(daemon.control().socket()).isEqualTo(Path.of("/run/user/1000/coffey/coffey.sock"));
    assertThat(daemon.directories().state()).isEqualTo(Path.of("/home/ann/.local/state/coffey"));
    assertThat(daemon.limits().startParallelism()).isEqualTo(16);
    assertThat(Reading.service(loaded, "web").exec().directory())
        .isEqualTo("/home/ann/.config/coffey");
  }
}

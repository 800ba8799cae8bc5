package dev.coffey.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.spec.Listener;
import dev.coffey.spec.Listener.Transport;
import dev.coffey.spec.ScheduleSpec;
import dev.coffey.spec.ScheduleSpec.CatchUp;
import dev.coffey.spec.ScheduleSpec.Overlap;
import dev.coffey.spec.ScheduleSpec.Timing;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Keys whose effect comes with a later version are read and checked already.
class FeatureProblemsTest {
  private static ConfigOutcome read(String yaml) {
    MemoryFiles files = new MemoryFiles().with("/etc/coffey/config.yaml", yaml);
    return new ConfigReader(files, Reading.ROOT, Set.of()).read(ConfigRequest.strict(List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "contradiction; schedule: {cron: '* * * * *', every: 5m}",
        "wrong-value; schedule: every monday",
        "wrong-value; schedule: {cron: '0 0 * * *', timezone: Mars/North}",
        "contradiction; backend: {systemd: a.service, launchd: b}",
        "out-of-range; listen: [70000]",
        "missing-key; sockets: [{name: web}]",
        "missing-key; hooks: {pre_start: {timeout: 5s}}",
        "unknown-sink; notify: [ops]"
      })
  void contradictionInAServiceIsRefused(String code, String key) {
    assertThat(Reading.refused(read("services: {web: {binary: /bin/web, %s}}".formatted(key))))
        .anyMatch(problem -> problem.contains(code));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "open-listener; remote: {listen: '0.0.0.0:1', tokens_file: /t}",
        "open-listener; remote: {listen: '127.0.0.1:1'}",
        "open-listener; http: {listen: ':9876'}",
        "missing-key; http: {listen: '127.0.0.1:1', tls: {cert: /c}}",
        "unknown-service; container: {exit_with: wep}",
        "duplicate-sink; notify: [{name: a, type: log}, {name: a, type: log}]",
        "foreign-key; notify: [{name: a, type: log, url: 'http://x'}]",
        "unknown-word; access: [{role: owner}]"
      })
  void contradictionInTheDaemonsPartIsRefused(String code, String key) {
    String yaml = "coffey: {%s}\nservices: {web: {binary: /bin/web}}".formatted(key);

    assertThat(Reading.refused(read(yaml))).anyMatch(problem -> problem.contains(code));
  }

  @ParameterizedTest
  @CsvSource({
    "8080, TCP, '', 8080, ''",
    "':8080', TCP, '', 8080, ''",
    "'127.0.0.1:80', TCP, 127.0.0.1, 80, ''",
    "'[::1]:53/udp', UDP, [::1], 53, ''",
    "'udp:53', UDP, '', 53, ''",
    "/run/web.sock, UNIX, '', 0, /run/web.sock",
    "'unix:/run/web.sock', UNIX, '', 0, /run/web.sock"
  })
  void addressIsReadInAllItsForms(
      String text, Transport transport, String host, int port, String path) {
    var loaded =
        Reading.loaded(read("services: {web: {binary: /bin/web, listen: ['%s']}}".formatted(text)));

    assertThat(Reading.service(loaded, "web").features().around().listen())
        .containsExactly(new Listener(transport, host, port, path));
  }

  /// Who writes what holds anyway asks for nothing that comes later.
  @ParameterizedTest
  @CsvSource({
    "'coffey: {http: none, remote: none}', 'backend: process', true",
    "'', 'backend: {systemd: web.service}', false",
    "'', 'backend: systemd', false",
    "'', 'survive_daemon: true', false",
    "'', 'secrets: []', false",
    "'coffey: {http: off}', '', false"
  })
  void keyThatComesLaterMaySayWhatHoldsAnyway(String coffey, String key, boolean accepted) {
    String yaml = coffey + "\nservices: {web: {binary: /bin/web, %s}}".formatted(key);

    ConfigOutcome outcome = Reading.of(yaml);

    assertThat(outcome instanceof ConfigOutcome.Loaded).isEqualTo(accepted);
    if (outcome instanceof ConfigOutcome.Loaded loaded) {
      assertThat(loaded.effective().yaml(false)).contains("http: none", "backend: process");
    } else {
      assertThat(Reading.refused(outcome)).singleElement().asString().contains("unsupported-key");
    }
  }

  @Test
  void rhythmAndCronAreTwoWaysToSchedule() {
    var loaded =
        Reading.loaded(
            read(
                """
                services:
                  cron: {binary: /b, schedule: {cron: "0 3 * * *", timezone: Europe/Berlin,
                    overlap: queue, catch_up: none, jitter: 5m}}
                  rhythm: {binary: /r, schedule: {every: 10m}}
                """));

    assertThat(Reading.service(loaded, "cron").schedule())
        .isEqualTo(
            new ScheduleSpec(
                new Timing.Cron("0 3 * * *", ZoneId.of("Europe/Berlin")),
                Overlap.QUEUE,
                CatchUp.NONE,
                Duration.ofMinutes(5)));
    assertThat(Reading.service(loaded, "rhythm").schedule())
        .isEqualTo(ScheduleSpec.of(new Timing.Every(Duration.ofMinutes(10))));
  }
}

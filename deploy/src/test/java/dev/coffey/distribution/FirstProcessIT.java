package dev.coffey.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// T69: the packaged daemon as the first process of a container, where the kernel lets no signal
/// through that is not handled, and every orphan is its own.
class FirstProcessIT {
  private static final String[] AS_FIRST = {
    "unshare", "--pid", "--fork", "--mount-proc", "--kill-child"
  };

  private static final String SERVICE =
      """
      trap 'echo bye >>$COFFEY_TEST/stops; exit 0' TERM
      echo up >$COFFEY_TEST/up
      while :; do echo tick; sleep 0.1; done
      """;

  @TempDir Path directory;

  @BeforeAll
  static void namespacesNeeded() throws Exception {
    boolean may;
    try {
      String[] command = Arrays.copyOf(AS_FIRST, AS_FIRST.length + 1);
      command[AS_FIRST.length] = "true";
      may = Ran.in(Path.of("/"), command).exit() == 0;
    } catch (IOException missing) {
      may = false;
    }
    assumeTrue(may, "cannot make a process the first of its namespace");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT", "PWR"})
  void itStopsAllAndEndsWhenToldTo(String signal) throws Exception {
    Workplace place = new Workplace(directory).service("only", SERVICE);
    try (PackagedDaemon daemon = PackagedDaemon.startBy(place, AS_FIRST)) {
      Wait.until("the service is up", () -> Files.exists(directory.resolve("up")));

      Processes.signal(first(daemon), signal);

      assertThat(daemon.awaitEnd()).as(daemon.output()).isIn(0, 143);
      assertThat(directory.resolve("stops")).content().isEqualTo("bye\n");
      assertThat(Processes.naming(directory)).isEmpty();
    }
  }

  @Test
  void theOtherSignalsDoWhatTheyAlwaysDoAndOrphansAreBuried() throws Exception {
    Workplace place = new Workplace(directory).service("only", SERVICE);
    try (PackagedDaemon daemon = PackagedDaemon.startBy(place, AS_FIRST)) {
      daemon.awaitState("only", "running");
      long pid = daemon.service("only").path("pid").asLong();
      long first = first(daemon);

      Processes.signal(first, "CHLD");
      place.service(
          "orphans",
          """
          for i in 1 2 3 4 5 6 7 8 9 10; do (setsid sh -c 'sleep 0.1' &); done
          echo made >$COFFEY_TEST/made
          exec sleep 1000
          """);
      Processes.signal(first, "HUP");
      daemon.awaitState("orphans", "running");

      Wait.until("ten orphans are made", () -> Files.exists(directory.resolve("made")));
      Wait.until("no orphan stays a zombie", () -> zombiesBelow(first) == 0);

      Files.move(log("only"), directory.resolve("moved"));
      Processes.signal(first, "USR1");
      Wait.until("the log goes on in a new file", () -> Files.exists(log("only")));

      Processes.signal(first, "USR2");
      Wait.until(
          "the state is told", () -> daemon.output().matches("(?s).*only: running \\(pid \\d+.*"));
      assertThat(daemon.service("only").path("pid").asLong()).isEqualTo(pid);
    }
  }

  private Path log(String service) {
    return directory.resolve("logs/" + service + "/current");
  }

  /// The daemon, by the number that it has outside.
  private static long first(PackagedDaemon daemon) {
    return ProcessHandle.of(daemon.pid()).orElseThrow().children().findFirst().orElseThrow().pid();
  }

  private static long zombiesBelow(long pid) {
    return ProcessHandle.of(pid)
        .orElseThrow()
        .children()
        .filter(child -> !Processes.alive(child.pid()))
        .count();
  }
}

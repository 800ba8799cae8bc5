package dev.coffey.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The one path through every room: the packaged daemon, three services, the command line.
class FirstLightIT {
  @TempDir Path directory;
  private Workplace place;
  private PackagedDaemon daemon;

  @BeforeEach
  void startThreeServices() throws Exception {
    place =
        new Workplace(directory)
            .service("steady", "echo steady is here\nexec sleep 1000\n")
            .service("chatty", "n=0\nwhile sleep 0.1; do n=$((n+1)); echo line $n; done\n")
            .service("quiet", "exec sleep 1000\n", "depends_on: [steady]\n");
    daemon = PackagedDaemon.start(place);
    for (String service : List.of("steady", "chatty", "quiet")) {
      daemon.awaitState(service, "running");
    }
  }

  @AfterEach
  void endAll() throws Exception {
    daemon.close();
  }

  @Test
  void killedServiceIsSeenAgainWithANewPid() throws Exception {
    long before = daemon.service("steady").path("pid").asLong();

    Processes.signal(before, "KILL");

    Wait.until(
        "'steady' runs again under another pid",
        () -> {
          var service = daemon.service("steady");
          return service.path("state").asText().equals("running")
              && service.path("pid").asLong() != before;
        });
    assertThat(Processes.alive(before)).isFalse();
    assertThat(daemon.service("steady").path("restarts").asInt()).isEqualTo(1);
  }

  @Test
  void logIsFollowedAndHoldsWhatWasWrittenBefore() throws Exception {
    Path output = place.file("followed");
    Process follower = daemon.ctlInBackground("followed", "logs", "-f", "chatty");

    try {
      Wait.until("ten lines after the first seen", () -> Files.readAllLines(output).size() > 10);
      assertThat(Files.readString(output)).containsSubsequence("line 1", "line 2", "line 3");
    } finally {
      follower.destroy();
      follower.onExit().join();
    }
  }

  @Test
  void stoppedServiceHasNoProcessAndStartedAgainItHasOne() throws Exception {
    long pid = daemon.service("chatty").path("pid").asLong();

    Ran stop = daemon.ctl("stop", "chatty");

    assertThat(stop.exit()).as(stop.err()).isZero();
    assertThat(daemon.state("chatty")).isEqualTo("stopped");
    assertThat(Processes.alive(pid)).isFalse();

    Ran start = daemon.ctl("start", "chatty");

    assertThat(start.exit()).as(start.err()).isZero();
    assertThat(daemon.state("chatty")).isEqualTo("running");
  }

  @Test
  void restartGivesANewPidToThatServiceAlone() throws Exception {
    long chatty = daemon.service("chatty").path("pid").asLong();
    long steady = daemon.service("steady").path("pid").asLong();

    Ran restart = daemon.ctl("restart", "chatty");

    assertThat(restart.exit()).as(restart.err()).isZero();
    assertThat(daemon.service("chatty").path("pid").asLong()).isNotEqualTo(chatty);
    assertThat(daemon.service("steady").path("pid").asLong()).isEqualTo(steady);
  }

  @Test
  void theDaemonsNameServesForTheClientsVerbs() throws Exception {
    Ran status =
        Distribution.run(
            Distribution.built().coffeyd(),
            java.util.Map.of("COFFEY_SOCKET", place.socket().toString()),
            "status");

    assertThat(status.exit()).as(status.err()).isZero();
    assertThat(status.out()).contains("steady", "chatty", "quiet", "running");
    assertThat(status.err()).isEmpty();
  }

  @Test
  void shutdownLeavesNoProcessBehind() throws Exception {
    Ran shutdown = daemon.ctl("shutdown");

    assertThat(shutdown.exit()).as(shutdown.err()).isZero();
    assertThat(daemon.awaitEnd()).isZero();
    assertThat(Processes.naming(directory)).isEmpty();
    assertThat(place.socket()).doesNotExist();
  }
}

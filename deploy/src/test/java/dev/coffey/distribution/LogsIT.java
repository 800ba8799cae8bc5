package dev.coffey.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a reader gets over the lives of daemons, and between them.
class LogsIT {
  @TempDir Path directory;

  @Test
  void followerOfADaemonThatIsReplacedMissesNothingAndGetsNothingTwice() throws Exception {
    Workplace place =
        new Workplace(directory)
            .service("counter", "while :; do i=$((i + 1)); echo line $i; sleep 0.05; done\n")
            .service("quiet", "exec sleep 1000\n");
    Path followed = place.file("followed");
    PackagedDaemon first = PackagedDaemon.start(place);
    Process follower = first.ctlInBackground("followed", "logs", "-j", "-n", "all");
    try (first) {
      Wait.until("lines", () -> count(followed, "\"line 5\"") == 1);
      first.terminate();
    }
    try (PackagedDaemon second = PackagedDaemon.start(place)) {
      Wait.until("lines of the next run", () -> count(followed, "\"line 5\"") == 2);
      assertThat(second.ctl("stop", "--all").exit()).isZero();
      Wait.until(
          "as many for the follower as are kept",
          () -> Files.readAllLines(followed).size() == all(second).size());
      List<String> kept = all(second);
      assertThat(Files.readAllLines(followed)).containsExactlyInAnyOrderElementsOf(kept);
      assertThat(Files.readString(place.file("followed.err")))
          .contains("lost the daemon, trying again", "connected again");

      second.terminate();
      assertThat(local(place)).isEqualTo(kept);
    } finally {
      follower.destroy();
      follower.onExit().join();
    }
  }

  private static List<String> all(PackagedDaemon daemon) throws IOException, InterruptedException {
    return daemon.ctl("logs", "-j", "-n", "all", "--no-follow").out().lines().toList();
  }

  /// As files, without a daemon.
  private static List<String> local(Workplace place) throws IOException, InterruptedException {
    Ran read =
        Distribution.run(
            Distribution.built().coffeyd(),
            Map.of(),
            "logs",
            "--local",
            "--dir",
            place.file("logs").toString(),
            "-j",
            "-n",
            "all");
    assertThat(read.exit()).as(read.err()).isZero();
    return read.out().lines().toList();
  }

  private static int count(Path file, String word) throws IOException {
    return count(Files.readString(file), word);
  }

  private static int count(String text, String word) {
    return text.split(word, -1).length - 1;
  }
}

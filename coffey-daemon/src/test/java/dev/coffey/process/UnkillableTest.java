package dev.coffey.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The old freezer holds even a process that was killed, like a disk that does not answer.
class UnkillableTest {
  private static final Path FREEZER = Path.of("/sys/fs/cgroup/freezer");

  private final World world = new World();
  private final Path group = FREEZER.resolve(world.mark.daemon());

  @BeforeEach
  void freezerNeeded() throws IOException {
    assumeTrue(Files.isWritable(FREEZER.resolve("tasks")), "no freezer that we may write");
    Files.createDirectory(group);
  }

  @AfterEach
  void leaveNothing() throws IOException {
    world.close();
    Files.deleteIfExists(group);
  }

  /// T54: said once, and the rest goes on.
  @Test
  void whoSurvivesKillIsReportedOthersGoOnAndItsLateEndIsSeen() throws Exception {
    RunId run = world.launch(World.exec("/bin/sleep", "1000"));
    Files.writeString(group.resolve("tasks"), "" + world.news.pidOf(run));
    Files.writeString(group.resolve("freezer.state"), "FROZEN");

    world.processes.kill(run);

    assertThat(world.news.await(Recorder.News.Refused.class, run).processes()).isEqualTo(1);
    RunId other = world.launch(World.exec("/bin/true"));
    assertThat(world.news.statusOf(other)).isEqualTo(new ExitStatus.Exited(0));
    Files.writeString(group.resolve("freezer.state"), "THAWED");
    assertThat(world.news.statusOf(run)).isEqualTo(new ExitStatus.Signaled(9, "KILL", false));
    world.processes.sweep(run);
    world.news.await(Recorder.News.Emptied.class, run);
  }
}

package dev.coffey.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coffey.lifecycle.RunId;
import dev.coffey.process.linux.FaultyLibc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/// What is true when a daemon ends, and that nothing is done to those who have gone before. Each
/// test has the one daemon that a program may have at a time.
class LeavingTest {
  /// T47: neither is who was to be killed and has ended by himself.
  @Test
  void aGroupIsNotKilledAfterTheReap() throws Exception {
    Queue<Long> killed = new ConcurrentLinkedQueue<>();
    try (World noting = new World(FaultyLibc.notingKills(killed))) {
      for (int round = 0; round < 20; round++) {
        RunId run = noting.launch(World.exec("/bin/true"), StandardStreams.NONE);
        noting.news.statusOf(run);

        noting.processes.kill(run);
        noting.processes.sweep(run);

        noting.news.await(Recorder.News.Emptied.class, run);
      }
    }

    assertThat(killed).isEmpty();
  }

  @Test
  void whoIsToBeKilledIsKilledThoughTheDaemonLeavesAtOnce() throws Exception {
    List<Integer> pids = new ArrayList<>();
    World leaving = new World();
    List<RunId> runs = new ArrayList<>();
    for (int count = 0; count < 30; count++) {
      runs.add(leaving.launch(World.exec("/bin/sleep", "1000"), StandardStreams.NONE));
      pids.add(leaving.news.pidOf(runs.getLast()));
    }

    runs.forEach(leaving.processes::kill);
    leaving.processes.close();

    World.until(() -> pids.stream().noneMatch(World::alive), "all end");
  }

  @Test
  void theGroupOfADaemonIsGivenBackWhenItEnds() throws Exception {
    World other = new World();
    Path above = Cgroups.find(other.mark).map(Cgroups::above).orElse(Path.of("/"));
    assumeTrue(Cgroups.find(other.mark).isPresent(), "no cgroup v2 that we may write");
    Path group = above.resolve("coffey." + other.mark.daemon());
    RunId run = other.launch(Specs.with(World.exec("/bin/sleep", "1000"), Specs.umask(022)));
    other.news.pidOf(run);
    assertThat(group.resolve("fixture@1." + run)).isDirectory();

    other.close();

    assertThat(group).doesNotExist();
  }
}

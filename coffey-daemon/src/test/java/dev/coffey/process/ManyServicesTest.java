package dev.coffey.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.RunId;
import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.Limits;
import dev.coffey.process.linux.Limits.Limit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManyServicesTest {
  private static final int SERVICES = 5_000;
  private static final int DESCRIPTORS_EACH = 2;
  private static final int RESERVE = 1_000;

  /// T120: within raised limits, with both outputs captured, and without a thread for each.
  @Test
  void fiveThousandRunAtOnceAndEndAtOnce() throws Exception {
    enough("nofile", DESCRIPTORS_EACH * SERVICES + RESERVE);
    enough("nproc", SERVICES + RESERVE);
    String most = Files.readAllLines(Path.of("/proc/sys/kernel/pid_max")).getFirst();
    assumeTrue(Integer.parseInt(most) > 2 * SERVICES, "pid_max is %s".formatted(most));
    try (World world = new World()) {
      int threads = Thread.activeCount();
      List<RunId> runs = new ArrayList<>();
      List<Integer> pipes = new ArrayList<>();
      for (int count = 0; count < SERVICES; count++) {
        Descriptors.Pipe out = world.descriptors.pipe();
        Descriptors.Pipe err = world.descriptors.pipe();
        pipes.add(out.readEnd());
        pipes.add(err.readEnd());
        runs.add(
            world.launch(
                World.exec("/bin/sleep", "1000"),
                new StandardStreams(StandardStreams.NULL, out.writeEnd(), err.writeEnd())));
        if (count % 100 == 99) {
          world.news.pidOf(runs.getLast());
        }
      }
      for (RunId run : runs) {
        world.news.pidOf(run);
      }
      assertThat(world.news.count(Recorder.News.Launched.class)).isEqualTo(SERVICES);
      assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 4);
      RunId other = world.launch(World.exec("/bin/true"), StandardStreams.NONE);
      assertThat(world.news.statusOf(other)).isEqualTo(new ExitStatus.Exited(0));

      runs.forEach(world.processes::kill);

      for (RunId run : runs) {
        assertThat(world.news.statusOf(run)).isEqualTo(new ExitStatus.Signaled(9, "KILL", false));
      }
      pipes.forEach(world.descriptors::close);
    }
  }

  private static void enough(String limit, long wanted) throws Exception {
    Limit has = new Limits(Libc.open()).read(0, limit);
    boolean enough = has.hard() == Limits.UNLIMITED || has.hard() > wanted;
    assumeTrue(enough, "the limit '%s' is %d".formatted(limit, has.hard()));
  }
}

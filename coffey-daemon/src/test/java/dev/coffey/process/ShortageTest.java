package dev.coffey.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.LaunchFailure;
import dev.coffey.lifecycle.RunId;
import dev.coffey.process.linux.Errno;
import dev.coffey.process.linux.FaultyLibc;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.Limits;
import dev.coffey.process.linux.Limits.Limit;
import dev.coffey.spec.ExecSpec;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortageTest {
  /// T58: tried again, not counted.
  @ParameterizedTest
  @ValueSource(ints = {Errno.EAGAIN, Errno.ENOMEM, Errno.EMFILE, Errno.ENFILE})
  void aShortageIsNoFaultOfTheServiceAndTheDaemonGoesOn(int shortage) throws Exception {
    AtomicInteger errno = new AtomicInteger(shortage);
    try (World world = new World(FaultyLibc.failingToSpawn(errno))) {
      RunId refused = world.launch(World.exec("/bin/true"), StandardStreams.NONE);
      LaunchFailure failure = world.news.await(Recorder.News.Failed.class, refused).failure();
      errno.set(0);
      RunId later = world.launch(World.exec("/bin/true"), StandardStreams.NONE);

      assertThat(failure)
          .isEqualTo(
              new LaunchFailure("resources", "cannot launch: " + Errno.text(shortage), true));
      assertThat(world.news.statusOf(later)).isEqualTo(new ExitStatus.Exited(0));
    }
  }

  @Test
  void aGateThatGetsNoPipeIsAShortageToo() throws Exception {
    AtomicInteger errno = new AtomicInteger(Errno.EMFILE);
    try (World world = new World(FaultyLibc.failingToPipe(errno))) {
      ExecSpec gated = Specs.with(World.exec("/bin/true"), Specs.umask(022));

      RunId refused = world.launch(gated, StandardStreams.NONE);

      LaunchFailure failure = world.news.await(Recorder.News.Failed.class, refused).failure();
      assertThat(failure)
          .isEqualTo(
              new LaunchFailure("resources", "cannot make a pipe: too many open files", true));
    }
  }

  /// T59: others are launched all the while.
  @Test
  void aForkBombWithinItsLimitHoldsUpNobodyAndIsEnded() throws Exception {
    assumeTrue(Surroundings.own().root(), "only root can become somebody else");
    try (World world = new World()) {
      ExecSpec bomb = World.shell("f() { f & f & wait; }; echo ready; f 2>/dev/null");
      RunId run =
          world.launch(
              Specs.with(Specs.with(bomb, Specs.user("54321")), Specs.limit("nproc", 60, 60)));
      world.lineOf(run);

      for (int round = 0; round < 20; round++) {
        RunId other = world.launch(World.exec("/bin/true"), StandardStreams.NONE);
        assertThat(world.news.statusOf(other)).isEqualTo(new ExitStatus.Exited(0));
      }
      world.end(run);
    }
  }

  @Test
  void theLimitThatTheJvmRaisedForItselfIsGivenBack() throws Exception {
    Limits limits = new Limits(Libc.open());
    Limit own = limits.read(0, "nofile");
    assumeTrue(own.soft() > 1000, "the limit is low already");
    DescriptorLimit limit =
        new DescriptorLimit(
            limits, new Limit(own.hard(), own.hard()), OptionalLong.of(own.soft() - 10));
    try (World world = new World()) {
      RunId run =
          world.launch(World.shell("read -r line </dev/null; sleep 0.3; ulimit -n; exit 0"));

      limit.restore(world.news.pidOf(run));

      assertThat(world.outputOf(run)).isEqualTo(own.soft() - 10 + "\n");
    }
  }

  @Test
  void theOwnLimitIsRaisedOnlyWhenTheFleetNeedsIt() throws Exception {
    Limits limits = new Limits(Libc.open());
    Limit before = limits.read(0, "nofile");
    Limit low = new Limit(before.soft() - 1, before.hard());
    limits.set(0, "nofile", low);
    try {
      DescriptorLimit limit = new DescriptorLimit(limits, low, OptionalLong.empty());

      limit.makeRoom(1);
      assertThat(limits.read(0, "nofile")).isEqualTo(low);

      limit.makeRoom((int) before.hard());
      assertThat(limits.read(0, "nofile")).isEqualTo(new Limit(before.hard(), before.hard()));
    } finally {
      limits.set(0, "nofile", before);
    }
  }
}

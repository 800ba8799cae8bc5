package dev.coffey.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.LaunchFailure;
import dev.coffey.lifecycle.RunId;
import dev.coffey.process.linux.Errno;
import dev.coffey.process.linux.FaultyLibc;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.Limits;
import dev.coffey.process.linux.Limits.Limit;
import dev.coffey.process.linux.Signals.Outcome;
import dev.coffey.spec.ExecSpec;
import java.io.File;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
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
  void aSpawnThatHangsHoldsUpNeitherTheNextNorItsEnd() throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    try (World world = new World(FaultyLibc.holdingUpTheFirstSpawn(waits, mayGoOn))) {
      RunId hanging = world.launch(World.exec("/bin/true"), StandardStreams.NONE);
      assertThat(waits.await(60, TimeUnit.SECONDS)).isTrue();
      RunId next = world.launch(World.exec("/bin/false"), StandardStreams.NONE);

      assertThat(world.news.statusOf(next)).isEqualTo(new ExitStatus.Exited(1));

      mayGoOn.countDown();
      assertThat(world.news.statusOf(hanging)).isEqualTo(new ExitStatus.Exited(0));
    }
  }

  /// T62: what the JVM raised for itself is known by what its parent has, and given back.
  @Test
  void theLimitThatTheJvmRaisedForItselfIsGivenBack() throws Exception {
    Limits limits = new Limits(Libc.open());
    Limit own = limits.read(0, "nofile");
    assumeTrue(own.soft() > 1000, "the limit is low already");
    DescriptorLimit limit =
        new DescriptorLimit(
            limits, new Limit(own.hard(), own.hard()), OptionalLong.of(own.soft() - 10));
    try (World world = new World()) {
      RunId run = world.launch(World.exec("/bin/sleep", "1000"));

      limit.restore(world.news.pidOf(run));

      assertThat(limit.raised()).isTrue();
      assertThat(limits.read(world.news.pidOf(run), "nofile").soft()).isEqualTo(own.soft() - 10);
    }
  }

  /// T62: not for a moment, so that a program may ask in its first line.
  @Test
  void noServiceBeginsWithTheLimitThatWasRaisedForTheFleet() throws Exception {
    Limits limits = new Limits(Libc.open());
    Limit before = limits.read(0, "nofile");
    int soft = openDescriptors() + 100;
    Limit low = new Limit(soft, before.hard());
    assumeTrue(Long.compareUnsigned(before.hard(), soft) > 0, "the limit cannot be raised");
    limits.set(0, "nofile", low);
    try (World world = new World()) {
      for (int count = 0; count < soft / 6; count++) {
        RunId _ = world.launch(World.exec("/bin/sleep", "1000"), StandardStreams.NONE);
      }

      RunId run = world.launch(World.shell("ulimit -Sn"));
      RunId other = world.launch(World.exec("/usr/bin/env"));

      assertThat(world.outputOf(run)).isEqualTo(soft + "\n");
      assertThat(world.outputOf(other)).contains("COFFEY_RUN_ID=").doesNotContain("PWD=");
      assertThat(limits.read(0, "nofile").soft()).isEqualTo(before.hard());
    } finally {
      limits.set(0, "nofile", before);
    }
  }

  /// Where a process cannot be held by a descriptor, a signal still reaches it and what it left.
  @ParameterizedTest
  @ValueSource(ints = {Errno.ENOSYS, Errno.EMFILE})
  void whoCannotBeHeldIsSignalledByNumber(int shortage) throws Exception {
    try (World world = new World(FaultyLibc.failingToHold(new AtomicInteger(shortage)))) {
      RunId run = world.launch(World.shell("setsid sleep 1000 & exec sleep 1000"));
      int pid = world.news.pidOf(run);

      assertThat(world.processes.signal(run, "TERM")).isEqualTo(Outcome.SENT);

      assertThat(world.news.statusOf(run)).isEqualTo(new ExitStatus.Signaled(15, "TERM", false));
      assertThat(World.alive(pid)).isFalse();
      world.end(run);
    }
  }

  /// T62: whose gate was found needless before must exist before the limit rises.
  @Test
  void theOwnLimitIsNotRaisedWhileSomebodyIsAboutToBegin() throws Exception {
    Limits limits = new Limits(Libc.open());
    Limit before = limits.read(0, "nofile");
    Limit low = new Limit(before.soft() - 1, before.hard());
    limits.set(0, "nofile", low);
    try {
      DescriptorLimit limit = new DescriptorLimit(limits, low, OptionalLong.empty());
      Lock launch = limit.steady();
      Thread other = Thread.ofPlatform().unstarted(() -> limit.makeRoom((int) before.hard()));

      launch.lock();
      try {
        other.start();
        World.until(() -> other.getState() == Thread.State.WAITING, "it waits for the launch");
        assertThat(limits.read(0, "nofile")).isEqualTo(low);
      } finally {
        launch.unlock();
      }

      other.join();
      assertThat(limits.read(0, "nofile")).isEqualTo(new Limit(before.hard(), before.hard()));
    } finally {
      limits.set(0, "nofile", before);
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

  /// T58: whoever takes the last descriptor takes the control socket with it.
  @Test
  void theLastDescriptorsAreKeptForTheDaemon() throws Exception {
    Limits limits = new Limits(Libc.open());
    DescriptorLimit few = new DescriptorLimit(limits, new Limit(1000, 1000), OptionalLong.empty());

    few.keepOwn(StandardStreams.NULL);
    few.keepOwn(871);

    LaunchException refused = catchThrowableOfType(LaunchException.class, () -> few.keepOwn(872));
    assertThat(refused.failure())
        .isEqualTo(
            new LaunchFailure(
                "resources",
                "cannot launch: too many open files: of 1000, 128 are kept for the daemon itself",
                true));
  }

  @Test
  void theLimitIsRaisedBeforeAnybodyIsRefused() throws Exception {
    Limits limits = new Limits(Libc.open());
    Limit before = limits.read(0, "nofile");
    assumeTrue(before.hard() > 2000, "the limit cannot be raised");
    Limit low = new Limit(1000, before.hard());
    limits.set(0, "nofile", low);
    try {
      DescriptorLimit limit = new DescriptorLimit(limits, low, OptionalLong.empty());

      limit.keepOwn(900);

      assertThat(limits.read(0, "nofile")).isEqualTo(new Limit(before.hard(), before.hard()));
    } finally {
      limits.set(0, "nofile", before);
    }
  }

  private static int openDescriptors() {
    String[] names = new File("/proc/self/fd").list();
    return names == null ? 0 : names.length;
  }
}

package dev.coffey.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.RunId;
import dev.coffey.process.linux.SignalNames;
import dev.coffey.spec.ResourceSpec;
import dev.coffey.spec.ServiceName;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupTest {
  private static final ResourceSpec.Cgroup ALL =
      new ResourceSpec.Cgroup("67108864", "50000 100000", "100");

  private final World world = new World();

  @AfterEach
  void leaveNothing() {
    world.close();
  }

  @Test
  void aGatedRunIsAloneInItsGroupFromItsFirstInstructionOn() throws Exception {
    assumeTrue(Cgroups.find(world.mark).isPresent(), "no cgroup v2 that we may write");
    RunId run =
        world.launch(
            Specs.with(World.shell("grep ^0:: /proc/self/cgroup; sleep 1000"), Specs.umask(022)));

    assertThat(world.lineOf(run))
        .endsWith("/coffey.%s/fixture@1.%s".formatted(world.mark.daemon(), run));
    world.end(run);
  }

  @Test
  void whoLeftSessionAndMarkIsStillInTheGroupAndKilledWithIt() throws Exception {
    assumeTrue(Cgroups.find(world.mark).isPresent(), "no cgroup v2 that we may write");
    RunId run =
        world.launch(
            Specs.with(
                World.shell("(env -i setsid sh -c 'echo $$; sleep 1000; :' &); exit 0"),
                Specs.umask(022)));
    int escaped = Integer.parseInt(world.lineOf(run));
    Path group = groupOf(escaped);
    world.news.statusOf(run);
    assertThat(World.alive(escaped)).isTrue();

    world.end(run);

    assertThat(World.alive(escaped)).isFalse();
    assertThat(group).doesNotExist();
  }

  /// T46: what kills the group does not reach who has moved out of it, as for a login.
  @Test
  void whoLeftTheGroupIsKilledToo() throws Exception {
    assumeTrue(Cgroups.find(world.mark).isPresent(), "no cgroup v2 that we may write");
    Path above = Cgroups.find(world.mark).orElseThrow().above();
    RunId run =
        world.launch(
            Specs.with(
                World.shell(
                    "setsid sh -c 'echo 0 >%s/cgroup.procs; echo $$; exec sleep 1000' & wait"
                        .formatted(above)),
                Specs.umask(022)));
    int escaped = Integer.parseInt(world.lineOf(run));
    assertThat(groupOf(escaped)).isEqualTo(above);

    world.end(run);

    assertThat(World.alive(escaped)).isFalse();
  }

  @Test
  void aBoundWithoutItsControllerIsSaidAndDoesNotFailTheLaunch() throws Exception {
    assumeTrue(!delegated("memory"), "the controllers are delegated here");
    ResourceSpec bounded = new ResourceSpec(null, null, null, 0, new TreeMap<>(), ALL);

    RunId run = world.launch(Specs.with(World.exec("/bin/true"), bounded));

    world.news.statusOf(run);
    assertThat(world.processes.notices(Specs.with(World.exec("/bin/true"), bounded)))
        .hasSize(3)
        .allMatch(notice -> notice.matches("cgroup\\.(memory|cpu|pids)_max has no effect: .*"));
  }

  @Test
  void boundsAreWrittenWhereTheControllersAre(@TempDir Path above) throws Exception {
    Files.writeString(above.resolve("cgroup.controllers"), "cpu memory pids\n");
    Cgroups groups = Cgroups.in(above, new Mark("m"));
    Path directory = Files.createDirectories(above.resolve("coffey.m/web.7"));
    for (String file : new String[] {"memory.max", "cpu.max", "pids.max"}) {
      Files.writeString(directory.resolve(file), "max\n");
    }

    Cgroup group = groups.make(new ServiceName("web"), new RunId(7), ALL);

    assertThat(directory.resolve("memory.max")).content().isEqualTo("67108864");
    assertThat(directory.resolve("cpu.max")).content().isEqualTo("50000 100000");
    assertThat(directory.resolve("pids.max")).content().isEqualTo("100");
    assertThat(above.resolve("cgroup.subtree_control")).content().contains("+");
    assertThat(Cgroups.notices(Optional.of(groups), ALL)).isEmpty();
    assertThat(group.memoryKills()).isZero();
  }

  @Test
  void aKillForWantOfMemoryIsToldApart(@TempDir Path directory) throws Exception {
    Optional<Cgroup> group = Optional.of(new Cgroup(directory));
    ExitStatus killed = new ExitStatus.Signaled(SignalNames.KILL, "KILL", false);
    ExitStatus term = new ExitStatus.Signaled(SignalNames.TERM, "TERM", false);
    Path events = directory.resolve("memory.events");

    Files.writeString(events, "low 0\nhigh 0\nmax 0\noom 0\noom_kill 0\n");
    assertThat(Processes.explained(group, killed)).isEqualTo(killed);

    Files.writeString(events, "low 0\nhigh 0\nmax 3\noom 1\noom_kill 2\n");
    assertThat(Processes.explained(group, killed)).isEqualTo(new ExitStatus.OutOfMemory());
    assertThat(Processes.explained(group, term)).isEqualTo(term);
    assertThat(Processes.explained(Optional.empty(), killed)).isEqualTo(killed);
  }

  @Test
  void whoTakesMoreMemoryThanAllowedEndsForWantOfMemory() throws Exception {
    assumeTrue(delegated("memory"), "no memory controller of cgroup v2");
    ResourceSpec.Cgroup little = new ResourceSpec.Cgroup("16777216", "", "");

    RunId run =
        world.launch(
            Specs.with(
                World.shell("exec tail -c 1G /dev/zero"),
                new ResourceSpec(null, null, null, 0, new TreeMap<>(), little)));

    assertThat(world.news.statusOf(run)).isEqualTo(new ExitStatus.OutOfMemory());
  }

  /// T59: no more processes than allowed.
  @Test
  void aForkBombStaysWithinItsGroupsBound() throws Exception {
    assumeTrue(delegated("pids"), "no pids controller of cgroup v2");
    ResourceSpec.Cgroup few = new ResourceSpec.Cgroup("", "", "20");

    RunId run =
        world.launch(
            Specs.with(
                World.shell("f() { f & f & wait; }; f 2>/dev/null & echo ready; exec sleep 1000"),
                new ResourceSpec(null, null, null, 0, new TreeMap<>(), few)));
    world.lineOf(run);

    for (int round = 0; round < 20; round++) {
      RunId other = world.launch(World.exec("/bin/true"), StandardStreams.NONE);
      assertThat(world.news.statusOf(other)).isEqualTo(new ExitStatus.Exited(0));
      assertThat(new Cgroup(groupOf(world.news.pidOf(run))).members()).hasSizeLessThanOrEqualTo(20);
    }
    world.end(run);
  }

  @Test
  void theEndOfTheLastMemberIsToldOnce() throws Exception {
    assumeTrue(Cgroups.find(world.mark).isPresent(), "no cgroup v2 that we may write");
    RunId run = world.launch(Specs.with(World.exec("/bin/sleep", "1000"), Specs.umask(022)));
    Cgroup group = new Cgroup(groupOf(world.news.pidOf(run)));
    Semaphore told = new Semaphore(0);
    try (CgroupWatch watch = new CgroupWatch(world.libc, told::release)) {
      watch.watch(group);
      assertThat(told.tryAcquire()).isFalse();

      world.processes.kill(run);

      assertThat(told.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
      assertThat(group.populated()).isFalse();
    }
    world.end(run);
  }

  @RepeatedTest(30)
  void aGroupOfWhichTheKernelTellsNothingIsLeftToThoseWhoLookAgain(@TempDir Path directory)
      throws Exception {
    Files.writeString(directory.resolve("cgroup.events"), "populated 1\nfrozen 0\n");
    int open = openDescriptors();
    try (CgroupWatch watch = new CgroupWatch(world.libc, () -> {})) {
      watch.watch(new Cgroup(directory));
      watch.watch(new Cgroup(directory.resolve("gone")));
    }

    World.until(() -> openDescriptors() <= open, "nothing stays open");
  }

  private boolean delegated(String controller) {
    return Cgroups.find(world.mark)
        .map(groups -> groups.controllers().contains(controller))
        .orElse(false);
  }

  private static int openDescriptors() {
    String[] names = new File("/proc/self/fd").list();
    return names == null ? 0 : names.length;
  }

  private static Path groupOf(int pid) throws Exception {
    String line =
        Files.readAllLines(Path.of("/proc/" + pid + "/cgroup")).stream()
            .filter(each -> each.startsWith("0::/"))
            .findFirst()
            .orElseThrow();
    String mount =
        Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
            .filter(each -> each.contains(" - cgroup2 "))
            .findFirst()
            .orElseThrow()
            .split(" ", -1)[4];
    return Path.of(mount).resolve(line.substring(4));
  }
}

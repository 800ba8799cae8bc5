package dev.coffey.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.RunId;
import dev.coffey.process.ProcessTable.Entry;
import dev.coffey.process.linux.Offspring;
import dev.coffey.process.linux.SignalNames;
import dev.coffey.process.linux.Signals.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who ends, is reaped and is signalled at the same moment.
class RacesTest {
  private final World world = new World();

  @AfterEach
  void leaveNothing() {
    world.close();
  }

  /// T43: seen at once, whoever holds the pipe: as soon as an exit that leaves nobody behind, taken
  /// in turn with it.
  @Test
  void anExitIsSeenAsSoonThoughOthersHoldThePipe() throws Exception {
    List<Long> alone = new ArrayList<>();
    List<Long> held = new ArrayList<>();
    for (int round = 0; round < 9; round++) {
      alone.add(exitDelayMillis("exec date +%s%N"));
      held.add(exitDelayMillis("sleep 1000 & exec date +%s%N"));
    }

    assertThat(median(held)).isLessThan(100 + 10 * median(alone));
  }

  /// T46: where the kernel does not kill a group at once, its members are found one by one.
  @Test
  void aGroupThatCannotBeKilledAtOnceStillTellsItsMembers(@TempDir Path group) throws Exception {
    Files.createDirectory(group.resolve("cgroup.kill"));
    Files.createDirectory(group.resolve("below"));
    Files.writeString(group.resolve("cgroup.procs"), "7\n");
    Files.writeString(group.resolve("below/cgroup.procs"), "8\n9\n");
    Files.writeString(group.resolve("cgroup.events"), "populated 1\nfrozen 0\n");

    assertThat(new Cgroup(group).kill()).isFalse();

    assertThat(new Cgroup(group).members()).containsExactly(7, 8, 9);
    assertThat(new Cgroup(group).populated()).isTrue();
  }

  /// T47: what was seen is looked at again before it is signalled.
  @Test
  void anotherProcessOfTheSameNumberIsNotSignalled() throws Exception {
    RunId run = world.launch(World.exec("/bin/sleep", "1000"));
    Entry now = ProcessTable.entry(world.news.pidOf(run)).orElseThrow();
    Entry earlier =
        new Entry(
            now.pid(),
            now.command(),
            now.state(),
            now.parent(),
            now.group(),
            now.session(),
            now.startTicks() - 1);

    assertThat(new SafeSignals(world.libc).send(earlier, SignalNames.KILL)).isEqualTo(Outcome.GONE);

    assertThat(World.alive(now.pid())).isTrue();
  }

  /// T48: a zombie can be signalled, and is dead all the same. The child ends when its parent has
  /// become one that does not wait for it.
  @Test
  void aZombieIsNotAlive() throws Exception {
    RunId run =
        world.launch(
            World.shell(
                """
                (until grep -q sleep /proc/$$/comm; do :; done) &
                echo $!
                exec sleep 1000
                """));
    int zombie = Integer.parseInt(world.lineOf(run));

    World.until(
        () -> ProcessTable.entry(zombie).filter(entry -> entry.state() == 'Z').isPresent(),
        "the child is a zombie");

    assertThat(World.alive(zombie)).isFalse();
    assertThat(Leftovers.below(world.news.pidOf(run))).isEmpty();
  }

  @Test
  void whoHasNoChildrenIsKnownAtOnceWhoeverMayHaveSomeIsNot() throws Exception {
    Offspring offspring = new Offspring(world.libc);
    RunId single = world.launch(World.exec("/bin/sleep", "1000"));
    RunId parent = world.launch(World.shell("sleep 1000 & echo ready; wait"));
    world.lineOf(parent);

    assertThat(offspring.isNone(world.news.pidOf(single))).isTrue();
    assertThat(offspring.isNone(world.news.pidOf(parent))).isFalse();
    assertThat(offspring.isNone((int) ProcessHandle.current().pid())).isFalse();
  }

  @Test
  void whoseSessionIsOlderThanAllServicesIsNobodys() throws Exception {
    Offspring offspring = new Offspring(world.libc);
    RunId parent = world.launch(World.shell("setsid sleep 1000 & echo $!; wait"));
    int below = Integer.parseInt(world.lineOf(parent));

    assertThat(offspring.isNobodys(world.news.pidOf(parent))).isFalse();
    assertThat(offspring.isNobodys(below)).isFalse();
    assertThat(offspring.isNobodys((int) ProcessHandle.current().pid())).isTrue();
  }

  /// T44, T47: who was seen in the table is found below its main process; the table knows nothing
  /// of a main process that is younger.
  @Test
  void theTableForManyTellsWhoLivesBelowEach() throws Exception {
    RunId parent = world.launch(World.shell("env -i setsid sleep 1000 & echo ready; wait"));
    world.lineOf(parent);
    int pid = world.news.pidOf(parent);
    Registry registry = new Registry();
    Child main = child(parent, pid);
    assertThat(registry.add(registry.takeOff(), main)).isEmpty();
    int self = (int) ProcessHandle.current().pid();
    Leftovers leftovers = new Leftovers(world.libc, registry, world.mark, self);

    Leftovers.Table table = leftovers.tableFor(() -> 1000).orElseThrow();

    assertThat(leftovers.below(main, Optional.of(table))).hasSize(1);
    RunId younger = world.launch(World.shell("sleep 1000 & echo ready; wait"));
    world.lineOf(younger);
    Child youngest = child(younger, world.news.pidOf(younger));
    assertThat(table.below(youngest.pid())).isEmpty();
    assertThat(leftovers.below(youngest, Optional.of(table))).hasSize(1);
    assertThat(leftovers.tableFor(() -> 1)).isEmpty();
  }

  private static Child child(RunId run, int pid) {
    Path binary = Path.of("/bin/sh");
    return new Child(run, pid, new Chain(binary, List.of(), false, List.of(), binary));
  }

  /// T49: who was reaped by somebody else has ended, though nobody knows how.
  @Test
  void aMainProcessThatIsNotOurChildAnyMoreIsForgotten() {
    Registry registry = new Registry();
    Chain direct = new Chain(Path.of("/bin/true"), List.of(), false, List.of(), Path.of("/"));
    RunId run = new RunId(1);
    assertThat(registry.add(registry.takeOff(), new Child(run, 4711, direct))).isEmpty();

    assertThat(registry.forgetLost(_ -> false)).extracting(Child::pid).containsExactly(4711);

    assertThat(registry.whileUnreaped(run, _ -> true)).isEmpty();
    assertThat(registry.size()).isZero();
  }

  /// T50: ten thousand orphans are buried while others are launched and seen to end.
  @Test
  void tenThousandOrphansAreReapedAndHoldUpNobody(@TempDir Path directory) throws Exception {
    Path fixture = Fixture.build(directory);
    List<Long> before = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      before.add(shortRunMillis());
    }
    RunId run = world.launch(World.exec(fixture.toString(), "orphans", "10000"));
    List<Long> meanwhile = new ArrayList<>();
    while (world.news.all().stream().noneMatch(news -> isEndOf(news, run))) {
      meanwhile.add(shortRunMillis());
    }

    assertThat(world.news.statusOf(run)).isEqualTo(new ExitStatus.Exited(7));
    int self = (int) ProcessHandle.current().pid();
    World.until(
        () -> ProcessTable.childrenOfFirstThread(self).isEmpty(), "no orphan stays a zombie");
    assertThat(median(meanwhile)).isLessThan(200 + 20 * median(before));
  }

  /// T55: a signal that finds nobody is a success.
  @Test
  void whoEndsWhileItIsKilledHasEnded() throws Exception {
    for (int round = 0; round < 50; round++) {
      RunId run = world.launch(World.exec("/bin/true"), StandardStreams.NONE);
      world.news.pidOf(run);

      world.processes.kill(run);
      world.processes.sweep(run);

      assertThat(world.news.statusOf(run))
          .isIn(new ExitStatus.Exited(0), new ExitStatus.Signaled(9, "KILL", false));
      world.news.await(Recorder.News.Emptied.class, run);
    }
  }

  /// T56: over is only what was reaped.
  @Test
  void aRunIsNeverEmptyBeforeItsStatusIsKnown() throws Exception {
    List<RunId> runs = new ArrayList<>();
    for (int count = 0; count < 30; count++) {
      RunId run = world.launch(World.shell("sleep 1000 & wait"), StandardStreams.NONE);
      world.news.pidOf(run);
      runs.add(run);
    }
    runs.forEach(world.processes::kill);
    runs.forEach(world.processes::sweep);

    for (RunId run : runs) {
      world.news.await(Recorder.News.Emptied.class, run);
      List<Class<?>> order = new ArrayList<>();
      world.news.all().stream()
          .filter(news -> news.run().equals(run))
          .forEach(news -> order.add(news.getClass()));
      assertThat(order)
          .containsExactly(
              Recorder.News.Launched.class, Recorder.News.Ended.class, Recorder.News.Emptied.class);
    }
  }

  /// T70: the sweep never meets the daemon itself, nor those of another daemon.
  @Test
  void theSweepFindsNeitherUsNorTheProcessesOfOthers() throws Exception {
    int self = (int) ProcessHandle.current().pid();
    RunId run = world.launch(World.shell("setsid sleep 1000 & exit 0"));
    world.news.statusOf(run);
    Leftovers foreign = new Leftovers(world.libc, new Registry(), new Mark("another-daemon"), self);

    assertThat(foreign.find(List.of(), () -> {})).isEmpty();
    assertThat(
            new Leftovers(world.libc, new Registry(), world.mark, self)
                .find(List.of(), () -> {})
                .get(run))
        .isNotEmpty()
        .noneMatch(entry -> entry.pid() == self);
    world.end(run);
  }

  /// T45: between two programs a process has for a moment no variables, and the run is its own all
  /// the same.
  @Test
  void whoExecutesOneFileAfterAnotherIsFoundEachTime(@TempDir Path directory) throws Exception {
    Path script = directory.resolve("again");
    Files.writeString(script, "exec /bin/sh \"$0\"\n");
    RunId run = world.launch(World.shell("setsid /bin/sh " + script + " & exit 0"));
    world.news.statusOf(run);
    int self = (int) ProcessHandle.current().pid();
    Leftovers leftovers = new Leftovers(world.libc, new Registry(), world.mark, self);

    for (int look = 0; look < 500; look++) {
      assertThat(leftovers.find(List.of(), () -> {})).as("look %d", look).containsKey(run);
    }
    world.end(run);
  }

  /// From the last thing a process does to the news of its end.
  private long exitDelayMillis(String line) throws Exception {
    RunId run = world.launch(World.shell(line));
    String stamp = world.lineOf(run);
    world.news.statusOf(run);
    long seen = System.currentTimeMillis();
    world.end(run);
    return seen - Long.parseLong(stamp) / 1_000_000;
  }

  private long shortRunMillis() throws Exception {
    long began = System.nanoTime();
    RunId run = world.launch(World.exec("/bin/true"), StandardStreams.NONE);
    assertThat(world.news.statusOf(run)).isEqualTo(new ExitStatus.Exited(0));
    return (System.nanoTime() - began) / 1_000_000;
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static boolean isEndOf(Recorder.News news, RunId run) {
    return news instanceof Recorder.News.Ended && news.run().equals(run);
  }
}

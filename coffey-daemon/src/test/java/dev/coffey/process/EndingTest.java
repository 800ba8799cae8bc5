package dev.coffey.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.RunId;
import dev.coffey.process.linux.Limits;
import dev.coffey.process.linux.SignalNames;
import dev.coffey.process.linux.Signals;
import dev.coffey.process.linux.Signals.Outcome;
import dev.coffey.spec.ExecSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndingTest {
  private final World world = new World();

  @AfterEach
  void leaveNothing() {
    world.close();
  }

  /// T66: a death by signal is no exit code.
  @Test
  void theRawStatusIsKeptSoThat143IsNoSignal() throws Exception {
    RunId code = world.launch(World.shell("exit 143"));
    RunId signal = world.launch(World.shell("kill -TERM $$"));

    assertThat(world.news.statusOf(code)).isEqualTo(new ExitStatus.Exited(143));
    assertThat(world.news.statusOf(signal)).isEqualTo(new ExitStatus.Signaled(15, "TERM", false));
  }

  @Test
  void aDumpedCoreIsPartOfTheStatus(@TempDir Path directory) throws Exception {
    String pattern = Files.readString(Path.of("/proc/sys/kernel/core_pattern")).strip();
    assumeTrue(pattern.equals("core"), "cores go to '%s'".formatted(pattern));
    long most = new Limits(world.libc).read(0, "core").hard();
    assumeTrue(most == Limits.UNLIMITED, "the largest core has %d bytes".formatted(most));
    ExecSpec sleeper = Specs.in(World.exec("/bin/sleep", "1000"), directory.toString());
    RunId run = world.launch(Specs.with(sleeper, Specs.limit("core", most, most)));
    world.news.pidOf(run);

    world.processes.signal(run, "QUIT");

    assertThat(world.news.statusOf(run)).isEqualTo(new ExitStatus.Signaled(3, "QUIT", true));
  }

  @Test
  void terminateReachesTheWholeGroup() throws Exception {
    RunId run = world.launch(World.shell("sleep 1000 & echo $!; wait"));
    int child = Integer.parseInt(world.lineOf(run));

    world.processes.terminate(run, "TERM");

    assertThat(world.news.statusOf(run)).isEqualTo(new ExitStatus.Signaled(15, "TERM", false));
    World.until(() -> !World.alive(child), "the child in the group ends");
  }

  /// T51: CONT follows each signal that shall end.
  @Test
  void aStoppedProcessIsWokenSoThatItCanEnd() throws Exception {
    RunId run = world.launch(World.exec("/bin/sleep", "1000"));
    int pid = world.news.pidOf(run);
    world.processes.signal(run, "STOP");
    World.until(
        () -> ProcessTable.entry(pid).filter(entry -> entry.state() == 'T').isPresent(), "stopped");

    world.processes.terminate(run, "TERM");

    assertThat(world.news.statusOf(run)).isEqualTo(new ExitStatus.Signaled(15, "TERM", false));
  }

  /// T51: in other sessions, too.
  @Test
  void aStoppedGrandchildIsWokenSoThatItCanEnd() throws Exception {
    RunId run =
        world.launch(
            World.shell("setsid sh -c 'echo $$; exec sleep 1000' & trap 'exit 0' TERM; wait"));
    int grandchild = Integer.parseInt(world.lineOf(run));
    new Signals(world.libc).send(grandchild, SignalNames.STOP);
    World.until(
        () -> ProcessTable.entry(grandchild).filter(entry -> entry.state() == 'T').isPresent(),
        "stopped");
    world.processes.terminate(run, "TERM");
    world.news.statusOf(run);

    world.processes.sweep(run);

    world.news.await(Recorder.News.Emptied.class, run);
    assertThat(World.alive(grandchild)).isFalse();
  }

  /// T52: KILL cannot be ignored.
  @Test
  void whoIgnoresTermIsKilled() throws Exception {
    RunId run = world.launch(World.shell("trap '' TERM; echo ready; while :; do sleep 0.01; done"));
    world.lineOf(run);
    world.processes.terminate(run, "TERM");

    world.processes.kill(run);

    assertThat(world.news.statusOf(run)).isEqualTo(new ExitStatus.Signaled(9, "KILL", false));
  }

  /// T47: the number may belong to another by now.
  @Test
  void nothingIsSignalledAfterTheReap() throws Exception {
    RunId run = world.launch(World.exec("/bin/true"));
    world.news.statusOf(run);

    assertThat(world.processes.terminate(run, "TERM")).isEqualTo(Outcome.GONE);
    assertThat(world.processes.signal(run, "TERM")).isEqualTo(Outcome.GONE);
    assertThat(world.processes.signalGroup(run, "STOP")).isEqualTo(Outcome.GONE);
  }

  @Test
  void anEmptyRunIsReportedAtOnceAndOnlyWhenAsked() throws Exception {
    RunId run = world.launch(World.exec("/bin/true"));
    world.news.statusOf(run);
    assertThat(world.news.count(Recorder.News.Emptied.class)).isZero();

    world.processes.sweep(run);

    world.news.await(Recorder.News.Emptied.class, run);
  }

  @Test
  void aLeaderThatExitsFirstDoesNotSaveItsChildren() throws Exception {
    RunId run =
        world.launch(World.shell("sh -c 'trap \"\" TERM; echo $$; exec sleep 1000' & wait"));
    int child = Integer.parseInt(world.lineOf(run));
    world.processes.terminate(run, "TERM");
    world.news.statusOf(run);
    assertThat(World.alive(child)).isTrue();

    world.processes.sweep(run);
    world.processes.kill(run);

    world.news.await(Recorder.News.Emptied.class, run);
    assertThat(World.alive(child)).isFalse();
  }

  @Test
  void whatWasLeftBehindMayStillEndByItselfWithinItsGrace() throws Exception {
    RunId run =
        world.launch(
            World.shell(
                "(trap 'echo bye; exit' TERM; echo ready; while :; do sleep 0.05; done) &"));
    world.lineOf(run);
    world.news.statusOf(run);

    world.processes.terminate(run, "TERM");
    world.processes.sweep(run);

    world.news.await(Recorder.News.Emptied.class, run);
    assertThat(world.outputOf(run)).endsWith("bye\n");
  }

  /// T44: nobody escapes by leaving group and session.
  @Test
  void aGrandchildInItsOwnSessionIsFoundByItsMark() throws Exception {
    RunId run = world.launch(World.shell("setsid sh -c 'echo $$; exec sleep 1000' & wait"));
    int grandchild = Integer.parseInt(world.lineOf(run));

    world.end(run);

    assertThat(World.alive(grandchild)).isFalse();
  }

  @Test
  void aGrandchildInItsOwnSessionIsAskedOnceTheLeaderHasGone() throws Exception {
    RunId run =
        world.launch(
            World.shell(
                "setsid sh -c 'trap \"echo bye; exit\" TERM; echo ready;"
                    + " while :; do sleep 0.02; done' & trap 'exit 0' TERM; wait"));
    world.lineOf(run);
    world.processes.terminate(run, "TERM");
    world.news.statusOf(run);

    world.processes.sweep(run);

    world.news.await(Recorder.News.Emptied.class, run);
    assertThat(world.outputOf(run)).endsWith("bye\n");
  }

  @Test
  void aDoubleForkedChildWithoutMarkIsFoundWhenItWasSeenBefore() throws Exception {
    RunId run =
        world.launch(World.shell("env -i setsid sh -c 'echo $$; sleep 1000; :' & sleep 1000"));
    int grandchild = Integer.parseInt(world.lineOf(run));

    world.end(run);

    assertThat(World.alive(grandchild)).isFalse();
  }

  @Test
  void aDoubleForkedOrphanOfALivingServiceIsReapedAndStaysItsOwn() throws Exception {
    RunId run =
        world.launch(World.shell("(setsid sh -c 'echo $$; exec sleep 1000' &) ; exec sleep 1000"));
    RunId other = world.launch(World.exec("/bin/true"));
    int orphan = Integer.parseInt(world.lineOf(run));
    world.news.statusOf(other);

    world.processes.sweep(other);
    world.news.await(Recorder.News.Emptied.class, other);
    assertThat(World.alive(orphan)).isTrue();

    world.end(run);
    assertThat(World.alive(orphan)).isFalse();
  }

  /// T45: looked at again and again until nothing is left.
  @Test
  void forkingWhileBeingKilledDoesNotHelp() throws Exception {
    RunId run =
        world.launch(
            World.shell(
                "echo ready; f() { setsid sh -c 'sleep 0.005' & };"
                    + " while :; do f; f; sleep 0.002; done"));
    world.lineOf(run);

    world.end(run);

    assertThat(
            new Leftovers(
                    world.libc, new Registry(), world.mark, (int) ProcessHandle.current().pid())
                .find(List.of(), () -> {}))
        .doesNotContainKey(run);
  }

  /// T43: the exit counts, not the end of the output.
  @Test
  void anExitIsSeenThoughAnOrphanHoldsThePipe() throws Exception {
    RunId run = world.launch(World.shell("sleep 1000 & exit 3"));

    assertThat(world.news.statusOf(run)).isEqualTo(new ExitStatus.Exited(3));
    world.end(run);
  }
}

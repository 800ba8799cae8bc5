package dev.coffey.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.LaunchFailure;
import dev.coffey.lifecycle.RunId;
import dev.coffey.process.linux.Limits;
import dev.coffey.spec.ExecSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundsTest {
  @TempDir static Path directory;
  private static Path fixture;

  private final World world = new World();

  @BeforeAll
  static void compile() throws IOException, InterruptedException {
    fixture = Fixture.build(directory);
  }

  @AfterEach
  void leaveNothing() {
    world.close();
  }

  @Test
  void theUmaskIsSetAndNothingElseDiffers() throws Exception {
    String plain = run(World.exec(fixture.toString(), "a b", ""));
    String gated = run(Specs.with(World.exec(fixture.toString(), "a b", ""), Specs.umask(027)));

    assertThat(Fixture.value(gated, "umask")).isEqualTo("027");
    assertThat(Fixture.value(gated, "fds")).isEqualTo("0 1 2");
    assertThat(Fixture.value(gated, "blocked")).isEmpty();
    assertThat(Fixture.value(gated, "ignored")).isEmpty();
    assertThat(Fixture.values(gated, "arg0")).isEqualTo(Fixture.values(plain, "arg0"));
    assertThat(Fixture.value(gated, "arg1")).isEqualTo("a b");
    assertThat(Fixture.value(gated, "arg2")).isEmpty();
    assertThat(Fixture.value(gated, "session")).isEqualTo(Fixture.value(gated, "pid"));
  }

  @Test
  void theEnvironmentPassesTheGateUnchanged() throws Exception {
    ExecSpec exec =
        Specs.with(
            World.exec(fixture.toString()),
            Specs.set(
                "odd.name",
                "x",
                "PWD",
                "not here",
                "QUOTED",
                "a 'b' \"c\" $d `e` \\f",
                "LINES",
                "1\n2"));

    String output = run(Specs.with(exec, Specs.umask(022)));

    assertThat(Fixture.values(output, "env"))
        .contains("odd.name=x", "PWD=not here", "QUOTED=a 'b' \"c\" $d `e` \\f", "LINES=1")
        .allMatch(entry ->
            entry.matches("(odd.name|QUOTED|LINES|PWD|PATH|HOME|USER|SHELL|LANG|TZ|COFFEY_.*)=.*"));
  }

  @Test
  void limitsAreSetByTheirNames() throws Exception {
    List<String> harmless =
        List.of(
            "core", "nofile", "fsize", "cpu", "nproc", "locks", "sigpending", "msgqueue", "rss");
    for (String name : harmless) {
      RunId run =
          world.launch(
              Specs.with(
                  World.exec("/bin/cat", "/proc/self/limits"), Specs.limit(name, 4000, 5000)));

      assertThat(world.outputOf(run)).as(name).containsPattern("\\b4000 +5000\\b");
    }
  }

  @Test
  void anUnknownLimitIsAnErrorThatNamesTheKnownOnes() throws Exception {
    LaunchFailure failure =
        failureOf(Specs.with(World.exec("/bin/true"), Specs.limit("files", 1, 1)));

    assertThat(failure.stage()).isEqualTo("limits");
    assertThat(failure.message())
        .isEqualTo("unknown limit 'files'; known are %s".formatted(Limits.names()));
  }

  @Test
  void aLimitThatMayNotBeRaisedMeansNoExec() throws Exception {
    Limits limits = new Limits(world.libc);
    long hard = limits.read(0, "nofile").hard();
    assumeTrue(!canRaise(), "may raise limits");

    LaunchFailure failure =
        failureOf(Specs.with(World.exec("/bin/true"), Specs.limit("nofile", hard + 1, hard + 1)));

    assertThat(failure.stage()).isEqualTo("limits");
    assertThat(failure.message()).contains("cannot set limit 'nofile'").contains("hard limit");
    assertThat(world.news.count(Recorder.News.Launched.class)).isZero();
  }

  @Test
  void prioritiesAreSetBeforeTheServiceRuns() throws Exception {
    ExecSpec exec =
        World.shell("cut -d' ' -f19 /proc/self/stat; cat /proc/self/oom_score_adj; ionice -p $$");

    String output = run(Specs.with(exec, Specs.priorities(5, "best-effort:6", 300)));

    assertThat(output).isEqualTo("5\n300\nbest-effort: prio 6\n");
  }

  @Test
  void aBadIoPriorityIsExplained() throws Exception {
    LaunchFailure failure =
        failureOf(Specs.with(World.exec("/bin/true"), Specs.priorities(0, "high", 0)));

    assertThat(failure.message()).startsWith("ionice must be one of [none, realtime, best-effort,");
  }

  @Test
  void aGatedShellThatExitsAtOnceIsNotTakenForItsGate() throws Exception {
    for (int code : new int[] {0, 7, 99, 126, 127}) {
      RunId run = world.launch(Specs.with(World.shell("exit " + code), Specs.umask(022)));

      assertThat(world.news.statusOf(run)).isEqualTo(new ExitStatus.Exited(code));
    }
  }

  @Test
  void whoIsKilledOnItsWayWasNeverLaunched() throws Exception {
    Chain.Needs needs = new Chain.Needs(true, "022", "</dev/null", false, List.of(), List.of());
    Chain chain = Chain.of(needs, Path.of("/bin/true"), List.of("true"));
    ExitStatus killed = new ExitStatus.Signaled(9, "KILL", false);

    assertThat(chain.endedOnTheWay("coffey-gate")).isTrue();
    assertThat(chain.endedOnTheWay("true")).isFalse();
    assertThat(chain.failure("setpriv", new ExitStatus.Exited(127)).message())
        .isEqualTo("cannot exec '/bin/true' from setpriv: no such file or directory");
    assertThat(chain.failure("coffey-gate", killed).message())
        .isEqualTo("cannot exec '/bin/true': coffey-gate ended before it with signal KILL");
  }

  private String run(ExecSpec exec) throws Exception {
    RunId run = world.launch(exec);
    world.news.pidOf(run);
    return world.outputOf(run);
  }

  private LaunchFailure failureOf(ExecSpec exec) throws Exception {
    RunId run = world.launch(exec);
    return world.news.await(Recorder.News.Failed.class, run).failure();
  }

  /// CAP_SYS_RESOURCE, number 24.
  private static boolean canRaise() throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(each -> each.startsWith("CapEff:"))
            .findFirst()
            .orElseThrow();
    return (Long.parseUnsignedLong(line.substring(8).strip(), 16) >>> 24 & 1) == 1;
  }
}

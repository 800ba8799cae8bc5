package dev.coffey.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coffey.lifecycle.RunId;
import dev.coffey.spec.ExecSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is said to be over leaves nobody behind, with a control group and without.
class LeftBehindTest {
  /// In the group, in a session of its own, double-forked, without the marks, stopped, deaf to
  /// TERM, and one that has others below it; then the service itself.
  private static final String FAMILY =
      """
      sleep 1000 & a=$!
      setsid sleep 1000 & b=$!
      c=$(sh -c 'setsid sleep 1000 >/dev/null 2>&1 & echo $!')
      env -i setsid sleep 1000 & d=$!
      setsid sleep 1000 & e=$!
      setsid sh -c 'trap "" TERM; exec sleep 1000' & f=$!
      until grep -q sleep /proc/$b/comm && grep -q sleep /proc/$c/comm && grep -q sleep /proc/$d/comm \\
        && grep -q sleep /proc/$e/comm && grep -q sleep /proc/$f/comm; do :; done
      kill -STOP $e
      echo $$ $a $b $c $d $e $f
      exec sleep 1000
      """;

  private final World world = new World();

  @AfterEach
  void leaveNothing() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nobodyOfAFamilyOutlivesTheAnswer(boolean group) throws Exception {
    assumeTrue(!group || Cgroups.find(world.mark).isPresent(), "no cgroup v2 that we may write");
    RunId run = world.launch(family(group));
    List<Integer> pids = pidsOf(run);

    world.end(run);

    assertThat(pids).hasSize(7).noneMatch(World::alive);
  }

  /// So many are looked at together.
  @ParameterizedTest
  @ValueSource(ints = {3, 20})
  void thoseKilledTogetherLeaveNobody(int count) throws Exception {
    List<RunId> runs = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      runs.add(world.launch(family(false)));
    }
    List<Integer> pids = new ArrayList<>();
    for (RunId run : runs) {
      pids.addAll(pidsOf(run));
    }

    runs.forEach(world.processes::kill);
    runs.forEach(world.processes::sweep);

    for (RunId run : runs) {
      world.news.await(Recorder.News.Emptied.class, run);
    }
    assertThat(pids).hasSize(7 * count).noneMatch(World::alive);
  }

  /// T56: the answer waits for those who became orphans during the very look that found nobody.
  @Test
  void noAnswerComesBeforeTheLastOrphanHasEnded() throws Exception {
    for (int round = 0; round < 25; round++) {
      RunId run = world.launch(World.shell("setsid sleep 0.2 & echo $!; exec sleep 0.0" + round));
      int orphan = Integer.parseInt(world.lineOf(run));

      world.processes.terminate(run, "CONT");
      world.processes.sweep(run);

      world.news.await(Recorder.News.Emptied.class, run);
      assertThat(World.alive(orphan)).isFalse();
    }
  }

  private static ExecSpec family(boolean group) {
    ExecSpec family = World.shell(FAMILY);
    return group ? Specs.with(family, Specs.umask(022)) : family;
  }

  private List<Integer> pidsOf(RunId run) throws InterruptedException {
    return Arrays.stream(world.lineOf(run).split(" ", -1)).map(Integer::parseInt).toList();
  }
}

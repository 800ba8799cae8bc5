package dev.coffey.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coffey.lifecycle.RunId;
import dev.coffey.spec.ResourceSpec;
import dev.coffey.spec.ServiceName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
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

  @Test
  void aBoundWithoutItsControllerIsSaidAndDoesNotFailTheLaunch() throws Exception {
    Optional<Cgroups> groups = Cgroups.find(world.mark);
    boolean delegated = groups.map(each -> each.controllers().contains("memory")).orElse(false);
    assumeTrue(!delegated, "the controllers are delegated here");
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
  void aKillForWantOfMemoryIsRead(@TempDir Path directory) throws Exception {
    Files.writeString(
        directory.resolve("memory.events"), "low 0\nhigh 0\nmax 3\noom 1\noom_kill 2\n");

    assertThat(new Cgroup(directory).memoryKills()).isEqualTo(2);
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

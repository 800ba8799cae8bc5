package dev.coffey.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coffey.lifecycle.RunId;
import dev.coffey.spec.ResourceSpec;
import dev.coffey.spec.ServiceName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// No control group stays behind, and none that somebody needs is taken away.
class OldGroupsTest {
  private final World world = new World();

  /// Of the test's own: any daemon that starts may tidy up the one where daemons are.
  private final Optional<Path> place =
      Cgroups.find(world.mark)
          .map(groups -> groups.above().resolve("coffey.test-" + System.nanoTime()));

  @BeforeEach
  void groupsNeeded() throws Exception {
    assumeTrue(place.isPresent(), "no cgroup v2 that we may write");
    Files.createDirectory(place.orElseThrow());
  }

  @AfterEach
  void leaveNothing() {
    world.close();
    place.ifPresent(above -> assertThat(new Cgroup(above).removeEmpty()).isTrue());
  }

  @Test
  void whoIsLetGoOfKeepsItsGroup() throws Exception {
    Mark mark = new Mark(UUID.randomUUID().toString());
    Cgroups groups = Cgroups.in(place.orElseThrow(), mark);
    Cgroup group = groups.make(new ServiceName("web"), new RunId(1), ResourceSpec.Cgroup.NONE);
    Cgroup empty = groups.make(new ServiceName("web"), new RunId(2), ResourceSpec.Cgroup.NONE);
    RunId run = world.launch(World.exec("/bin/sleep", "1000"));
    group.join(world.news.pidOf(run));

    groups.close();

    assertThat(group.directory()).exists();
    assertThat(empty.directory()).doesNotExist();
    world.end(run);
    Cgroups.in(place.orElseThrow(), world.mark).removeStale();
    assertThat(group.directory().getParent()).doesNotExist();
  }

  @Test
  void whatADeadDaemonHasLeftIsRemovedUnlessSomebodyLivesInIt() throws Exception {
    Path above = place.orElseThrow();
    Path dead = nameless(above);
    Files.createDirectories(dead.resolve("web.1/below"));
    Path lived = nameless(above);
    Path member = Files.createDirectories(lived.resolve("web.1"));
    Path another = Files.createDirectory(above.resolve("coffey.web-" + System.nanoTime()));
    RunId run = world.launch(World.exec("/bin/sleep", "1000"));
    new Cgroup(member).join(world.news.pidOf(run));

    Cgroups.in(above, world.mark).removeStale();

    assertThat(dead).doesNotExist();
    assertThat(member).exists();
    assertThat(another).exists();
    world.end(run);
    assertThat(new Cgroup(lived).removeEmpty()).isTrue();
    Files.delete(another);
  }

  @Test
  void theEmptyGroupOfALivingDaemonIsLeftToIt() throws Exception {
    Path above = place.orElseThrow();
    Path group = nameless(above);
    try (CgroupClaim _ = CgroupClaim.make(group)) {
      assertThat(CgroupClaim.of(group)).isEmpty();

      Cgroups.in(above, world.mark).removeStale();

      assertThat(group).exists();
    }

    Cgroups.in(above, world.mark).removeStale();

    assertThat(group).doesNotExist();
  }

  /// Named as a daemon's, of which there is none.
  private static Path nameless(Path above) {
    return above.resolve("coffey." + UUID.randomUUID());
  }
}

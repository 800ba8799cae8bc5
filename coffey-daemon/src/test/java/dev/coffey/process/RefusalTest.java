package dev.coffey.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coffey.lifecycle.LaunchFailure;
import dev.coffey.lifecycle.RunId;
import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.Errno;
import dev.coffey.process.linux.FaultyLibc;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.NativeBuffer;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.ResourceSpec;
import dev.coffey.spec.ServiceName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// T60: whatever is refused on the way means no exec, and says what it was.
class RefusalTest {
  @TempDir Path directory;

  @Test
  void aLimit() throws Exception {
    Libc libc = FaultyLibc.failingToLimit(new AtomicInteger(Errno.EPERM));

    assertThat(refusal(libc, Specs.limit("nofile", 100, 200)))
        .isEqualTo(
            "cannot set limit 'nofile' to 100:200:"
                + " the hard limit is lower and the daemon may not raise it");
  }

  @Test
  void aPriority() throws Exception {
    Libc libc = FaultyLibc.failingToSetNice(new AtomicInteger(Errno.EACCES));

    assertThat(refusal(libc, Specs.priorities(-5, "idle", 0)))
        .isEqualTo("cannot set nice to -5: permission denied");
  }

  @Test
  void aPriorityOfTheDisk() throws Exception {
    Libc libc = FaultyLibc.failingToSetIo(new AtomicInteger(Errno.EPERM));

    assertThat(refusal(libc, Specs.priorities(5, "realtime", 0)))
        .isEqualTo("cannot set ionice: operation not permitted");
  }

  @Test
  void aLowerOomScore() throws Exception {
    boolean mayLower =
        Features.of(Libc.open(), new Mark("m")).stream()
            .anyMatch(each -> each.name().equals("right to raise limits") && each.present());
    assumeTrue(!mayLower, "the OOM score may be lowered");

    assertThat(refusal(Libc.open(), Specs.priorities(5, "idle", -999)))
        .isEqualTo(
            "cannot set oom_score_adj to -999: permission denied;"
                + " lowering it needs CAP_SYS_RESOURCE");
  }

  @Test
  void aControlGroup() throws Exception {
    Path noDirectory = Files.createFile(directory.resolve("file"));
    Descriptors descriptors = new Descriptors(Libc.open());
    Descriptors.Pipe gate = descriptors.pipe();
    descriptors.setNonBlocking(gate.readEnd(), true);
    Mark mark = new Mark("m");
    Gate keeper =
        new Gate(descriptors, Optional.of(Cgroups.in(noDirectory, mark)), new Bounds(Libc.open()));

    LaunchException refused =
        catchThrowableOfType(
            LaunchException.class,
            () -> keeper.open(someChild(), bounded("67108864"), gate.writeEnd()));

    assertThat(refused.failure().stage()).isEqualTo("cgroup");
    assertThat(refused.failure().message()).startsWith("cannot make a control group: ");
    try (NativeBuffer buffer = NativeBuffer.own(1)) {
      assertThat(descriptors.read(gate.readEnd(), buffer, 0, 1)).isEqualTo(-Errno.EAGAIN);
    }
    descriptors.close(gate.readEnd());
    descriptors.close(gate.writeEnd());
  }

  @Test
  void aBoundThatTheKernelRefuses() throws Exception {
    Cgroups groups = Cgroups.in(directory, new Mark("m"));
    Files.createDirectories(directory.resolve("coffey.m/web.7/memory.max"));

    LaunchException refused =
        catchThrowableOfType(
            LaunchException.class,
            () ->
                groups.make(
                    new ServiceName("web"),
                    new RunId(7),
                    new ResourceSpec.Cgroup("67108864", "", "")));

    assertThat(refused.failure())
        .isEqualTo(
            new LaunchFailure(
                "cgroup",
                "cannot set cgroup.memory_max to '67108864': the kernel refuses that value",
                false));
    assertThat(directory.resolve("coffey.m/web.7")).doesNotExist();
  }

  /// Nobody asked for the group of a umask: the service runs, and is not taken for a member of a
  /// group that does not hold it, since killing that group would kill nobody.
  @Test
  void aPlaceInAGroupThatNobodyAskedFor() throws Exception {
    Path group = Files.createDirectories(directory.resolve("coffey.m/web.7"));
    Files.createDirectory(group.resolve("cgroup.procs"));
    Descriptors descriptors = new Descriptors(Libc.open());
    Descriptors.Pipe gate = descriptors.pipe();
    Cgroups groups = Cgroups.in(directory, new Mark("m"));
    Gate keeper = new Gate(descriptors, Optional.of(groups), new Bounds(Libc.open()));
    Child child = someChild();

    keeper.open(child, bounded(""), gate.writeEnd());

    assertThat(child.cgroup()).isEmpty();
    assertThat(group).doesNotExist();
    try (NativeBuffer buffer = NativeBuffer.own(1)) {
      assertThat(descriptors.read(gate.readEnd(), buffer, 0, 1)).isEqualTo(1);
    }
    descriptors.close(gate.readEnd());
    descriptors.close(gate.writeEnd());
  }

  /// What the failure of a launch says whose stage is `limits`; it has executed nothing.
  private String refusal(Libc libc, ResourceSpec resources) throws Exception {
    Path trace = directory.resolve("trace");
    ExecSpec exec = World.exec("/usr/bin/touch", trace.toString());
    try (World world = new World(libc)) {
      RunId run = world.launch(Specs.with(exec, resources), StandardStreams.NONE);

      LaunchFailure failure = world.news.await(Recorder.News.Failed.class, run).failure();
      assertThat(failure.stage()).isEqualTo("limits");
      assertThat(failure.retryable()).isFalse();
      assertThat(world.news.count(Recorder.News.Launched.class)).isZero();
      assertThat(trace).doesNotExist();
      return failure.message();
    }
  }

  private static Child someChild() {
    Chain direct = new Chain(Path.of("/bin/true"), List.of(), false, List.of(), Path.of("/"));
    return new Child(new RunId(7), 4711, direct);
  }

  private static LaunchOrder bounded(String memoryMax) {
    ResourceSpec.Cgroup group = new ResourceSpec.Cgroup(memoryMax, "", "");
    ResourceSpec resources = new ResourceSpec(null, null, null, 0, new TreeMap<>(), group);
    return new LaunchOrder(
        new RunId(7),
        new ServiceName("web"),
        Specs.with(World.exec("/bin/true"), resources),
        new TreeMap<>(),
        StandardStreams.NONE);
  }
}

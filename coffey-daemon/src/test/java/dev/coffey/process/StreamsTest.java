package dev.coffey.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coffey.lifecycle.RunId;
import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.NativeBuffer;
import dev.coffey.process.linux.Terminal;
import dev.coffey.spec.ExecSpec;
import dev.coffey.spec.ServiceName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsTest {
  private static final RunId RUN = new RunId(1);

  private final World world = new World();

  @AfterEach
  void leaveNothing() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPipeAsStandardInputIsReadToItsEnd(boolean gated) throws Exception {
    Descriptors.Pipe in = world.descriptors.pipe();
    Descriptors.Pipe out = world.descriptors.pipe();
    launch(
        exec(World.shell("cat; ls /proc/self/fd | tr '\\n' ' '"), gated),
        new StandardStreams(in.readEnd(), out.writeEnd(), StandardStreams.NULL),
        "",
        List.of());

    write(in.writeEnd(), "hello\n");
    world.descriptors.close(in.writeEnd());

    assertThat(readAll(out.readEnd())).isEqualTo("hello\n0 1 2 3 ");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTerminalControlsItsProcess(boolean gated) throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/ptmx")), "no pseudo terminals");
    Terminal terminal = Terminal.open(world.libc);

    launch(
        exec(World.shell("tty; stty size; echo to-terminal >/dev/tty"), gated),
        StandardStreams.NONE,
        terminal.path(),
        List.of());
    world.news.statusOf(RUN);

    assertThat(readAll(terminal.master()))
        .isEqualTo(terminal.path() + "\r\n24 80\r\nto-terminal\r\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6})
  void passedSocketsStandFromThreeOnWhateverTheyWere(int count) throws Exception {
    Descriptors.Pipe out = world.descriptors.pipe();
    List<Descriptors.Pipe> pipes = new ArrayList<>();
    List<PassedSocket> sockets = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      pipes.add(world.descriptors.pipe());
      sockets.addFirst(new PassedSocket("s" + index, pipes.get(index).writeEnd()));
    }

    launch(
        World.shell(
            "echo $LISTEN_FDS $LISTEN_FDNAMES $(($LISTEN_PID - $$));"
                + " i=3; while [ $i -lt $((3 + LISTEN_FDS)) ];"
                + " do echo $i >/proc/self/fd/$i; i=$((i+1)); done"),
        new StandardStreams(StandardStreams.NULL, out.writeEnd(), StandardStreams.NULL),
        "",
        sockets);
    world.news.statusOf(RUN);

    String[] lines = readAll(out.readEnd()).split("\n", -1);
    assertThat(lines[0]).startsWith(count + " s" + (count - 1)).endsWith(" 0");
    for (int index = 0; index < count; index++) {
      world.descriptors.close(pipes.get(index).writeEnd());
      assertThat(readAll(pipes.get(index).readEnd())).isEqualTo(3 + count - 1 - index + "\n");
    }
  }

  /// Where sources lie among the targets, one could be overwritten before its turn.
  @Test
  void aSourceAmongTheTargetsIsMovedAwayFirst() throws Exception {
    List<Descriptors.Pipe> pipes = new ArrayList<>();
    for (int index = 0; index < 3; index++) {
      pipes.add(world.descriptors.pipe());
    }
    int count = pipes.getLast().writeEnd() + 5;
    List<PassedSocket> sockets = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      sockets.add(new PassedSocket("s" + index, pipes.get(index % 3).writeEnd()));
    }

    launch(
        World.shell(
            "i=3; while [ $i -lt $((3 + LISTEN_FDS)) ];"
                + " do echo $i >/proc/self/fd/$i; i=$((i+1)); done"),
        StandardStreams.NONE,
        "",
        sockets);
    world.news.statusOf(RUN);

    for (int index = 0; index < 3; index++) {
      StringBuilder expected = new StringBuilder();
      for (int target = 3 + index; target < 3 + count; target += 3) {
        expected.append(target).append('\n');
      }
      world.descriptors.close(pipes.get(index).writeEnd());
      assertThat(readAll(pipes.get(index).readEnd())).isEqualTo(expected.toString());
    }
  }

  private static ExecSpec exec(ExecSpec exec, boolean gated) {
    return gated ? Specs.with(exec, Specs.umask(022)) : exec;
  }

  private void launch(
      ExecSpec exec, StandardStreams streams, String terminal, List<PassedSocket> sockets)
      throws InterruptedException {
    world.processes.launch(
        new LaunchOrder(
            RUN, new ServiceName("streams"), exec, new TreeMap<>(), streams, terminal, sockets));
    world.news.pidOf(RUN);
  }

  private void write(int fd, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (NativeBuffer buffer = NativeBuffer.own(bytes.length)) {
      buffer.copyIn(bytes, 0, 0, bytes.length);
      assertThat(world.descriptors.write(fd, buffer, 0, bytes.length)).isEqualTo(bytes.length);
    }
  }

  private String readAll(int fd) {
    StringBuilder all = new StringBuilder();
    try (NativeBuffer buffer = NativeBuffer.own(4096)) {
      long count = world.descriptors.read(fd, buffer, 0, 4096);
      while (count > 0) {
        all.append(new String(buffer.bytes(0, (int) count), StandardCharsets.UTF_8));
        count = world.descriptors.read(fd, buffer, 0, 4096);
      }
    }
    world.descriptors.close(fd);
    return all.toString();
  }
}

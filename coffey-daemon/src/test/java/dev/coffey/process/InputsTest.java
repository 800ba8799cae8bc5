package dev.coffey.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coffey.lifecycle.ExitStatus;
import dev.coffey.lifecycle.RunId;
import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.NativeBuffer;
import dev.coffey.process.linux.Terminal;
import dev.coffey.spec.ServiceName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InputsTest {
  private static final RunId RUN = new RunId(1);

  private final World world = new World();
  private final Inputs inputs = new Inputs(world.libc);

  @AfterEach
  void leaveNothing() {
    inputs.close(RUN);
    world.close();
  }

  /// T63: a pipe as standard input has an end, and that is when the operator says so.
  @Test
  void whatIsSentArrivesAndTheEndIsSeen() throws Exception {
    Descriptors.Pipe out = world.descriptors.pipe();
    launch("cat; echo end", inputs.pipe(RUN), out.writeEnd());

    assertThat(inputs.write(RUN, bytes("hello\n"))).hasValue(6);
    inputs.end(RUN);

    assertThat(world.news.statusOf(RUN)).isEqualTo(new ExitStatus.Exited(0));
    assertThat(read(out.readEnd())).isEqualTo("hello\nend\n");
    assertThat(inputs.write(RUN, bytes("more"))).isEmpty();
  }

  @Test
  void whoDoesNotReadTakesWhatFitsAndHoldsNobodyUp() throws Exception {
    launch("sleep 1000", inputs.pipe(RUN), StandardStreams.NULL);
    byte[] much = new byte[1 << 20];

    assertThat(inputs.write(RUN, much).orElseThrow()).isBetween(1, much.length - 1);
    assertThat(inputs.write(RUN, much)).hasValue(0);
  }

  @Test
  void whoHasClosedItsInputTakesNoMore() throws Exception {
    launch("exec <&-; echo closed; sleep 1000", inputs.pipe(RUN), StandardStreams.NULL);

    World.until(() -> inputs.write(RUN, bytes("x")).isEmpty(), "the pipe breaks");
  }

  @Test
  void aTerminalTakesWhatIsTypedAndItsSize() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/ptmx")), "no pseudo terminals");
    Terminal terminal = inputs.terminal(RUN);
    inputs.resize(RUN, 50, 132);
    world.processes.launch(
        new LaunchOrder(
            RUN,
            new ServiceName("tty"),
            World.shell("stty size; stty -echo; echo ready; cat; echo end"),
            new TreeMap<>(),
            StandardStreams.NONE,
            terminal.path(),
            List.of()));
    world.news.pidOf(RUN);
    StringBuilder screen = new StringBuilder();
    readUntil(terminal.master(), screen, "ready\r\n");

    assertThat(inputs.write(RUN, bytes("hi\n"))).hasValue(3);
    inputs.end(RUN);

    assertThat(world.news.statusOf(RUN)).isEqualTo(new ExitStatus.Exited(0));
    readUntil(terminal.master(), screen, "end\r\n");
    assertThat(screen).hasToString("50 132\r\nready\r\nhi\r\nend\r\n");
    world.descriptors.close(terminal.master());
  }

  private void launch(String line, int stdin, int stdout) throws InterruptedException {
    world.processes.launch(
        new LaunchOrder(
            RUN,
            new ServiceName("input"),
            World.shell(line),
            new TreeMap<>(),
            new StandardStreams(stdin, stdout, StandardStreams.NULL)));
    world.news.pidOf(RUN);
  }

  private String read(int fd) {
    StringBuilder all = new StringBuilder();
    readUntil(fd, all, "no such text");
    world.descriptors.close(fd);
    return all.toString();
  }

  private void readUntil(int fd, StringBuilder all, String end) {
    try (NativeBuffer buffer = NativeBuffer.own(4096)) {
      long count = 1;
      while (count > 0 && all.indexOf(end) < 0) {
        count = world.descriptors.read(fd, buffer, 0, 4096);
        all.append(new String(buffer.bytes(0, (int) Math.max(0, count)), StandardCharsets.UTF_8));
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

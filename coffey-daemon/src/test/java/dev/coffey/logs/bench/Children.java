package dev.coffey.logs.bench;

import dev.coffey.logs.RunOutput;
import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.Errno;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.NativeBuffer;
import dev.coffey.process.linux.SpawnRequest;
import dev.coffey.process.linux.SpawnRequest.Source;
import dev.coffey.process.linux.Spawner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Starts the programs that write, without the JDK's own reaper beside it.
final class Children implements AutoCloseable {
  private final Libc libc = Libc.open();
  private final Descriptors descriptors = new Descriptors(libc);
  private final Spawner spawner = new Spawner(libc);
  private final dev.coffey.process.linux.Children children =
      new dev.coffey.process.linux.Children(libc);

  int spawn(int stdout, int stderr, String... command) throws IOException {
    SpawnRequest request =
        new SpawnRequest(
            command[0],
            List.of(command),
            List.of("PATH=/usr/bin:/bin"),
            "/",
            List.of(source(RunOutput.NULL), source(stdout), source(stderr)));
    int pid = spawner.spawn(request);
    if (pid < 0) {
      throw new IOException("cannot run %s: %s".formatted(command[0], Errno.text(-pid)));
    }
    return pid;
  }

  private static Source source(int fd) {
    return fd == RunOutput.NULL
        ? new Source.Opened("/dev/null", Descriptors.O_RDWR)
        : new Source.Given(fd);
  }

  void await(int pid) throws IOException {
    var _ = children.reap(pid);
  }

  void write(int fd, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    try (NativeBuffer buffer = NativeBuffer.own(bytes.length)) {
      buffer.copyIn(bytes, 0, 0, bytes.length);
      if (descriptors.write(fd, buffer, 0, bytes.length) != bytes.length) {
        throw new IOException("cannot write all of it");
      }
    }
  }

  void close(RunOutput output) {
    descriptors.close(output.stdout());
    descriptors.close(output.stderr());
  }

  @Override
  public void close() {
    spawner.close();
    children.close();
  }
}

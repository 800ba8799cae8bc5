package dev.coffey.logs;

import dev.coffey.process.linux.Children;
import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.Errno;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.NativeBuffer;
import dev.coffey.process.linux.Signals;
import dev.coffey.process.linux.SpawnRequest;
import dev.coffey.process.linux.Spawner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Plays the part of a service: writes into the pipes that it would have been given.
final class Writer {
  private static final int KILL = 9;

  private final Libc libc = Libc.open();
  private final Descriptors descriptors = new Descriptors(libc);
  private final RunOutput output;

  Writer(RunOutput output) {
    this.output = output;
  }

  void stdout(String text) {
    stdout(text.getBytes(StandardCharsets.UTF_8));
  }

  void stdout(byte[] bytes) {
    write(output.stdout(), bytes);
  }

  void stderr(String text) {
    write(output.stderr(), text.getBytes(StandardCharsets.UTF_8));
  }

  /// Waits where the pipe is full, as a service would.
  private void write(int fd, byte[] bytes) {
    try (NativeBuffer buffer = NativeBuffer.own(bytes.length)) {
      buffer.copyIn(bytes, 0, 0, bytes.length);
      long done = 0;
      while (done < bytes.length) {
        long count = descriptors.write(fd, buffer, done, bytes.length - done);
        if (count < 0) {
          throw new AssertionError("cannot write: " + Errno.text((int) -count));
        }
        done += count;
      }
    }
  }

  /// As when the process ends.
  void close() {
    descriptors.close(output.stdout());
    descriptors.close(output.stderr());
  }

  /// A process that has the same pipes and does nothing.
  int hold() throws IOException {
    try (Spawner spawner = new Spawner(libc)) {
      return spawner.spawn(
          new SpawnRequest(
              "/bin/sleep",
              List.of("sleep", "60"),
              List.of(),
              "/",
              List.of(
                  new SpawnRequest.Source.Opened("/dev/null", Descriptors.O_RDWR),
                  new SpawnRequest.Source.Given(output.stdout()),
                  new SpawnRequest.Source.Given(output.stderr()))));
    }
  }

  void release(int pid) throws IOException {
    new Signals(libc).send(pid, KILL);
    try (Children children = new Children(libc)) {
      children.reap(pid);
    }
  }
}

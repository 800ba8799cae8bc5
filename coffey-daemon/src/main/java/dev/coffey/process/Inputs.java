package dev.coffey.process;

import dev.coffey.lifecycle.RunId;
import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.Errno;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.LinuxException;
import dev.coffey.process.linux.NativeBuffer;
import dev.coffey.process.linux.Terminal;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The ways into services: what operators send goes into a run's pipe or terminal. Writing never
/// waits for a service that does not read.
public final class Inputs {
  /// What Ctrl-D types, the end of input on a terminal.
  private static final byte[] END = {4};

  private static final System.Logger LOG = System.getLogger("coffey.process");

  private final Libc libc;
  private final Descriptors descriptors;
  private final Map<RunId, Input> inputs = new ConcurrentHashMap<>();

  public Inputs(Libc libc) {
    this.libc = libc;
    this.descriptors = new Descriptors(libc);
  }

  /// Makes a pipe for a run that is about to be launched, and returns the end that it reads.
  public int pipe(RunId run) throws LinuxException {
    Descriptors.Pipe pipe = descriptors.pipe();
    try {
      descriptors.setNonBlocking(pipe.writeEnd(), true);
    } catch (LinuxException failed) {
      descriptors.close(pipe.readEnd());
      descriptors.close(pipe.writeEnd());
      throw failed;
    }
    inputs.put(run, new Input(pipe.writeEnd(), null));
    return pipe.readEnd();
  }

  /// Makes a terminal for a run that is about to be launched. Its master belongs to the caller, who
  /// must read it.
  public Terminal terminal(RunId run) throws LinuxException {
    Terminal terminal = Terminal.open(libc);
    try {
      int ours = descriptors.duplicate(terminal.master(), 0);
      inputs.put(run, new Input(ours, new Terminal(ours, terminal.path())));
      return terminal;
    } catch (LinuxException failed) {
      descriptors.close(terminal.master());
      throw failed;
    }
  }

  /// How many bytes the run took, fewer than given while it does not read; empty when it has no
  /// input, or no more.
  public OptionalInt write(RunId run, byte[] bytes) {
    Input input = inputs.get(run);
    return input == null ? OptionalInt.empty() : input.write(bytes);
  }

  /// Lets a run see the end of its input.
  public void end(RunId run) {
    Input input = inputs.get(run);
    if (input != null && input.terminal != null) {
      OptionalInt _ = input.write(END);
    } else {
      close(run);
    }
  }

  /// Tells a run the size of the screen that its terminal is shown on.
  public void resize(RunId run, int rows, int columns) {
    Input input = inputs.get(run);
    if (input != null) {
      input.resize(rows, columns);
    }
  }

  /// The run has ended, or never came to be.
  public void close(RunId run) {
    Input input = inputs.remove(run);
    if (input != null) {
      input.close();
    }
  }

  /// One way in. Its descriptor is used under its lock alone, so that nothing is written to whoever
  /// gets the number next.
  private final class Input {
    private final int fd;
    private final @Nullable Terminal terminal;
    private boolean open = true;

    Input(int fd, @Nullable Terminal terminal) {
      this.fd = fd;
      this.terminal = terminal;
    }

    synchronized OptionalInt write(byte[] bytes) {
      if (!open) {
        return OptionalInt.empty();
      }
      if (bytes.length == 0) {
        return OptionalInt.of(0);
      }
      try (NativeBuffer buffer = NativeBuffer.own(bytes.length)) {
        buffer.copyIn(bytes, 0, 0, bytes.length);
        long written = descriptors.write(fd, buffer, 0, bytes.length);
        if (written >= 0 || written == -Errno.EAGAIN) {
          return OptionalInt.of((int) Math.max(0, written));
        }
      }
      close();
      return OptionalInt.empty();
    }

    synchronized void resize(int rows, int columns) {
      if (!open || terminal == null) {
        return;
      }
      try {
        terminal.resize(libc, rows, columns);
      } catch (LinuxException refused) {
        LOG.log(Level.DEBUG, "{0}: {1}", terminal.path(), refused.getMessage());
      }
    }

    synchronized void close() {
      if (open) {
        open = false;
        descriptors.close(fd);
      }
    }
  }
}

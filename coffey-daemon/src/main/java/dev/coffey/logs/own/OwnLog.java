package dev.coffey.logs.own;

import dev.coffey.spec.DaemonSpec;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Takes what is logged, lets a thread of its own write it, and counts what it could not keep up
/// with.
///
/// It listens at the root of the logging that Quarkus brings, because `System.Logger` ends there
/// anyway. Quarkus, when it boots, leaves what it finds there alone; what it would write itself is
/// switched off.
public final class OwnLog implements AutoCloseable {
  /// How many lines wait before the next ones are dropped.
  static final int LINES_MAX = 4096;

  private static final long LEAVE_MILLIS_MAX = 2_000;

  private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(LINES_MAX);
  private final AtomicLong dropped = new AtomicLong();
  private final List<Output> outputs;
  private final OwnLogFormat format;
  private final Ear ear = new Ear();
  private final Logger root;

  /// Held, since a logger that nobody holds forgets its level.
  private final Logger ours = Logger.getLogger("coffey");

  private final Thread thread;

  /// Where a line goes.
  interface Output {
    void write(byte[] line) throws IOException;

    /// Goes on in a new file where somebody took away the old one.
    default void reopen() {}

    default void close() {}
  }

  /// What the thread has to do next.
  private sealed interface Item {
    record Line(String text) implements Item {}

    record Reopen() implements Item {}

    record End() implements Item {}
  }

  /// The part that the logging knows.
  private final class Ear extends Handler {
    @Override
    public void publish(LogRecord record) {
      // Made into text here: what a message names may have changed by the time it is written.
      if (isLoggable(record) && !queue.offer(new Item.Line(format.line(record)))) {
        dropped.incrementAndGet();
      }
    }

    @Override
    public void flush() {
      // Each line is written at once.
    }

    @Override
    public void close() {
      // The owner closes.
    }
  }

  private OwnLog(DaemonSpec.OwnLog spec, Logger root, List<Output> outputs) {
    this.root = root;
    this.outputs = List.copyOf(outputs);
    this.format = OwnLogFormat.of(spec.format());
    this.ear.setLevel(level(spec.level()));
    this.thread = Thread.ofPlatform().name("coffey-own-log").daemon().unstarted(this::writeAll);
  }

  /// Opens the log as configured.
  ///
  /// @param root under which all loggers stand
  /// @throws IOException when the file cannot be opened
  public static OwnLog open(DaemonSpec.OwnLog spec, PrintStream console, Logger root)
      throws IOException {
    List<Output> outputs = new ArrayList<>();
    if (!spec.path().isEmpty()) {
      outputs.add(target(spec.path()));
    }
    if (spec.console()) {
      outputs.add(line -> console.write(line, 0, line.length));
    }
    OwnLog log = new OwnLog(spec, root, outputs);
    log.listen();
    log.thread.start();
    return log;
  }

  /// The standard streams may be sockets, which cannot be opened by name.
  private static Output target(String path) throws IOException {
    return switch (path) {
      case "/dev/stdout" -> stream(FileDescriptor.out);
      case "/dev/stderr" -> stream(FileDescriptor.err);
      default -> OwnLogFile.open(Path.of(path));
    };
  }

  private static Output stream(FileDescriptor descriptor) {
    FileOutputStream stream = new FileOutputStream(descriptor);
    return line -> stream.write(line, 0, line.length);
  }

  /// Takes what all loggers get, in place of those who took it before. More than INFO is wanted of
  /// ours alone: what the framework says then would drown it.
  private void listen() {
    for (Handler before : root.getHandlers()) {
      root.removeHandler(before);
    }
    Level wanted = ear.getLevel();
    root.setLevel(wanted.intValue() < Level.INFO.intValue() ? Level.INFO : wanted);
    ours.setLevel(wanted);
    root.addHandler(ear);
  }

  /// Looks whether somebody has moved or deleted the file, and begins a new one in its place.
  public void reopen() {
    // Where the queue is full the disk is stuck, and so would be a new file.
    var _ = queue.offer(new Item.Reopen());
  }

  private void writeAll() {
    try {
      boolean over = false;
      while (!over) {
        switch (queue.take()) {
          case Item.Line(String text) -> {
            tellDropped();
            write(text);
          }
          case Item.Reopen() -> outputs.forEach(Output::reopen);
          case Item.End() -> over = true;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    outputs.forEach(Output::close);
  }

  private void tellDropped() {
    long lost = dropped.getAndSet(0);
    if (lost > 0) {
      LogRecord gap = new LogRecord(Level.WARNING, lost + " lines of this log were dropped here");
      gap.setLoggerName("coffey.logs.own");
      write(format.line(gap));
    }
  }

  private void write(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    for (Output output : outputs) {
      try {
        output.write(bytes);
      } catch (IOException _) {
        dropped.incrementAndGet();
      }
    }
  }

  /// Writes what waits and gives up the file.
  @Override
  public void close() {
    root.removeHandler(ear);
    try {
      if (queue.offer(new Item.End(), LEAVE_MILLIS_MAX, TimeUnit.MILLISECONDS)) {
        thread.join(LEAVE_MILLIS_MAX);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// The configured word as the logging's level.
  static Level level(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "trace" -> Level.FINER;
      case "debug" -> Level.FINE;
      case "warn", "warning" -> Level.WARNING;
      case "error" -> Level.SEVERE;
      default -> Level.INFO;
    };
  }
}

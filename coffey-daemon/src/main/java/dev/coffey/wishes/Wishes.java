package dev.coffey.wishes;

import dev.coffey.spec.ServiceName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is wanted otherwise than the configuration says, kept on disk by a thread of its own: who
/// says that it has changed never waits for a disk.
public final class Wishes implements AutoCloseable {
  /// A disk that has refused is tried again after this.
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(30);

  /// How long the end of the daemon waits for a disk that hangs.
  private static final Duration LAST_WRITE_MAX = Duration.ofSeconds(5);

  /// How many are named in the log when the daemon begins.
  private static final int NAMES_MAX = 20;

  private static final System.Logger LOG = System.getLogger("coffey.wishes");

  private final WishFile file;
  private final Map<ServiceName, Boolean> kept;
  private final Duration againAfter;
  private final Semaphore changed = new Semaphore(0);
  private volatile boolean closed;
  private @Nullable Thread writer;

  private Wishes(Path path, Duration againAfter) {
    this.file = new WishFile(path);
    this.kept = Map.copyOf(file.read());
    this.againAfter = againAfter;
    if (!kept.isEmpty()) {
      LOG.log(System.Logger.Level.INFO, "as an operator has left it: {0}", listed(kept));
    }
  }

  private static String listed(Map<ServiceName, Boolean> wishes) {
    String names =
        new TreeMap<>(wishes)
            .entrySet().stream()
                .limit(NAMES_MAX)
                .map(wish -> "%s %s".formatted(wish.getKey(), wish.getValue() ? "up" : "down"))
                .collect(Collectors.joining(", "));
    int more = wishes.size() - NAMES_MAX;
    return more > 0 ? "%s and %d more".formatted(names, more) : names;
  }

  /// Reads what the last daemon has left.
  public static Wishes open(Path file) {
    return new Wishes(file, AGAIN_AFTER);
  }

  static Wishes open(Path file, Duration againAfter) {
    return new Wishes(file, againAfter);
  }

  /// What the last daemon has left: whether a service is wanted, of those where that is not what
  /// their configuration said.
  public Map<ServiceName, Boolean> kept() {
    return kept;
  }

  /// Keeps on disk from now on what this says whenever something is [#stir]red.
  public void follow(Supplier<? extends Map<ServiceName, Boolean>> wanted) {
    writer = Thread.ofPlatform().daemon().name("coffey-wishes").start(() -> run(wanted));
  }

  /// Something may have changed. Returns at once.
  public void stir() {
    changed.release();
  }

  private void run(Supplier<? extends Map<ServiceName, Boolean>> wanted) {
    Map<ServiceName, Boolean> written = kept;
    boolean refused = false;
    boolean last = false;
    try {
      while (!last) {
        if (refused) {
          boolean _ = changed.tryAcquire(againAfter.toMillis(), TimeUnit.MILLISECONDS);
        } else {
          changed.acquire();
        }
        changed.drainPermits();
        last = closed;
        Map<ServiceName, Boolean> now = new TreeMap<>(wanted.get());
        if (!now.equals(written)) {
          refused = !write(now, refused);
          written = refused ? written : now;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// @param known whether it was said already that the disk refuses
  private boolean write(Map<ServiceName, Boolean> wishes, boolean known) {
    try {
      file.write(wishes);
      return true;
    } catch (IOException e) {
      if (!known) {
        LOG.log(
            System.Logger.Level.WARNING,
            "cannot keep which services were stopped or started by hand: {0}; tried again",
            e.toString());
      }
      return false;
    }
  }

  /// Writes what is not written yet.
  @Override
  public void close() {
    closed = true;
    changed.release();
    try {
      if (writer != null) {
        boolean _ = writer.join(LAST_WRITE_MAX);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

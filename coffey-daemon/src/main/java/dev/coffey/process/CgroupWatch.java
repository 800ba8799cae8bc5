package dev.coffey.process;

import dev.coffey.process.linux.Descriptors;
import dev.coffey.process.linux.Epoll;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.LinuxException;
import dev.coffey.process.linux.NativeBuffer;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells when a control group has become empty, the moment it does. Its thread is started with the
/// first group that is watched; where the kernel cannot tell, nothing is told, and whoever waits
/// looks again by itself.
final class CgroupWatch implements Runnable, AutoCloseable {
  private static final int EVENTS_MAX = 64;
  private static final int READ_BYTES = 256;

  private static final System.Logger LOG = System.getLogger("coffey.process");

  private final Libc libc;
  private final Descriptors descriptors;
  private final Runnable news;
  private final Map<Cgroup, Watched> watched = new HashMap<>();
  private @Nullable Epoll epoll;
  private long tickets;
  private volatile boolean closed;

  CgroupWatch(Libc libc, Runnable news) {
    this.libc = libc;
    this.descriptors = new Descriptors(libc);
    this.news = news;
  }

  /// A group's file of events, and the number that its news comes with, never used again.
  private record Watched(int fd, long ticket) {}

  /// Tells, once, when this group becomes empty; not when it is already.
  synchronized void watch(Cgroup group) {
    if (closed || watched.containsKey(group)) {
      return;
    }
    try {
      Epoll waiting = epoll();
      int fd = descriptors.open(group.events().toString(), Descriptors.O_RDONLY, 0);
      try {
        if (isPopulated(fd)) {
          waiting.add(fd, Epoll.PRI, ++tickets);
          watched.put(group, new Watched(fd, tickets));
        } else {
          descriptors.close(fd);
        }
      } catch (LinuxException refused) {
        descriptors.close(fd);
        throw refused;
      }
    } catch (LinuxException refused) {
      LOG.log(Level.DEBUG, "{0} is looked at by and by: {1}", group, refused.getMessage());
    }
  }

  /// Nobody wants to know of it any more.
  synchronized void forget(Cgroup group) {
    Watched gone = watched.remove(group);
    if (gone != null) {
      descriptors.close(gone.fd());
    }
  }

  @Override
  public void run() {
    try {
      Epoll waiting = epoll();
      while (!closed) {
        int count = waiting.await(-1);
        for (int index = 0; index < count; index++) {
          changed(waiting.dataOf(index));
        }
        if (count > 0) {
          news.run();
        }
      }
    } catch (LinuxException failed) {
      LOG.log(Level.ERROR, "control groups are looked at by and by", failed);
      forgetAll();
    } finally {
      end();
    }
  }

  /// Forgets all; the thread ends. It is woken when there is nothing more to wait for, since it
  /// looks only once.
  @Override
  public synchronized void close() {
    forgetAll();
    if (epoll != null) {
      epoll.wake();
    }
  }

  private synchronized void end() {
    if (epoll != null) {
      epoll.close();
      epoll = null;
    }
  }

  private synchronized void forgetAll() {
    closed = true;
    watched.values().forEach(each -> descriptors.close(each.fd()));
    watched.clear();
  }

  /// What counts as a change is what comes after this reading.
  private boolean isPopulated(int fd) {
    try (NativeBuffer buffer = NativeBuffer.own(READ_BYTES)) {
      int count = (int) Math.max(0, descriptors.read(fd, buffer, 0, READ_BYTES));
      return new String(buffer.bytes(0, count), StandardCharsets.US_ASCII).contains("populated 1");
    }
  }

  private synchronized void changed(long ticket) {
    watched
        .values()
        .removeIf(each -> {
          boolean told = each.ticket() == ticket;
          if (told) {
            descriptors.close(each.fd());
          }
          return told;
        });
  }

  private synchronized Epoll epoll() throws LinuxException {
    if (epoll == null) {
      epoll = new Epoll(libc, EVENTS_MAX);
      Thread _ = Thread.ofPlatform().name("coffey-cgroups").daemon(true).start(this);
    }
    return epoll;
  }
}

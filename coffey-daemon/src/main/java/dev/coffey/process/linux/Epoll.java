package dev.coffey.process.linux;

import static dev.coffey.process.linux.LinuxException.checked;

/// Waits for many descriptors at once. One thread awaits; any thread may add, remove and wake.
public final class Epoll implements AutoCloseable {
  public static final int IN = 0x1;
  public static final int PRI = 0x2;
  public static final int OUT = 0x4;
  public static final int ERR = 0x8;
  public static final int HUP = 0x10;
  public static final int ONE_SHOT = 1 << 30;
  public static final int EDGE = 1 << 31;

  private static final int CLOEXEC = 0x80000;
  private static final int NON_BLOCKING = 0x800;
  private static final int ADD = 1;
  private static final int REMOVE = 2;
  private static final int MODIFY = 3;

  /// The kernel packs the event on x86-64 only.
  private static final int EVENT_BYTES = Machine.X86_64 ? 12 : 16;

  private static final int DATA_OFFSET = EVENT_BYTES - Long.BYTES;
  private static final long WAKE_DATA = Long.MIN_VALUE;

  private final Libc libc;
  private final int fd;
  private final int wakeFd;
  private final int eventsMax;
  private final NativeBuffer events;
  private final NativeBuffer counter = NativeBuffer.shared(Long.BYTES);
  private final NativeBuffer one = NativeBuffer.shared(Long.BYTES);

  public Epoll(Libc libc, int eventsMax) throws LinuxException {
    this.libc = libc;
    this.eventsMax = eventsMax;
    this.events = NativeBuffer.shared((long) eventsMax * EVENT_BYTES);
    this.fd = (int) checked(libc.call(Function.EPOLL_CREATE1, CLOEXEC), "make an epoll");
    this.wakeFd =
        (int) checked(libc.call(Function.EVENTFD, 0, CLOEXEC | NON_BLOCKING), "make an eventfd");
    one.putLong(0, 1);
    add(wakeFd, IN, WAKE_DATA);
  }

  /// Watches a descriptor; `data` comes back with its events.
  public void add(int watched, int interest, long data) throws LinuxException {
    control(ADD, watched, interest, data);
  }

  /// Changes what is watched for.
  public void modify(int watched, int interest, long data) throws LinuxException {
    control(MODIFY, watched, interest, data);
  }

  /// Forgets a descriptor, which must still be open.
  public void remove(int watched) throws LinuxException {
    control(REMOVE, watched, 0, 0);
  }

  /// Waits, with -1 for ever, and returns how many events can be read; 0 when woken or timed out.
  public int await(int timeoutMillis) throws LinuxException {
    long count = libc.call(Function.EPOLL_WAIT, fd, events.address(), eventsMax, timeoutMillis);
    if (count == -Errno.EINTR) {
      return 0;
    }
    checked(count, "wait for descriptors");
    return withoutWake((int) count);
  }

  /// What has happened in the numbered event of the last wait.
  public int eventsOf(int index) {
    return events.intAt((long) index * EVENT_BYTES);
  }

  /// The data given with the descriptor of the numbered event of the last wait.
  public long dataOf(int index) {
    return events.longAt((long) index * EVENT_BYTES + DATA_OFFSET);
  }

  /// Ends the current wait, or the next one.
  public void wake() {
    libc.call(Function.WRITE, wakeFd, one.address(), Long.BYTES);
  }

  /// Only for the thread that awaits, or when it has ended.
  @Override
  public void close() {
    libc.call(Function.CLOSE, wakeFd);
    libc.call(Function.CLOSE, fd);
    events.close();
    counter.close();
    one.close();
  }

  /// Takes the wake-up out of the events, by putting the last one in its place.
  private int withoutWake(int count) {
    for (int index = 0; index < count; index++) {
      if (dataOf(index) == WAKE_DATA) {
        takeOut(index, count - 1);
        return count - 1;
      }
    }
    return count;
  }

  private void takeOut(int index, int last) {
    libc.call(Function.READ, wakeFd, counter.address(), Long.BYTES);
    events.copyFrom(events, (long) last * EVENT_BYTES, (long) index * EVENT_BYTES, EVENT_BYTES);
  }

  private void control(int operation, int watched, int interest, long data) throws LinuxException {
    try (NativeBuffer event = NativeBuffer.own(EVENT_BYTES)) {
      event.putInt(0, interest);
      event.putLong(DATA_OFFSET, data);
      checked(
          libc.call(Function.EPOLL_CTL, fd, operation, watched, event.address()),
          "watch a descriptor");
    }
  }
}

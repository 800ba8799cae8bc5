package dev.coffey.process.linux;

import static dev.coffey.process.linux.LinuxException.checked;

import dev.coffey.process.linux.SpawnRequest.Source;
import java.util.ArrayList;
import java.util.List;

/// Makes processes with `posix_spawn`. One thread only may use each, and that thread should live as
/// long as the daemon: a parent-death signal is tied to the thread that made the process.
public final class Spawner implements AutoCloseable {
  /// More than any libc's own structures take.
  private static final int STRUCTURE_BYTES = 512;

  /// What arguments and environment take, but for unusual ones.
  private static final int TEXTS_BYTES = 1 << 14;

  private static final int SET_SIGNAL_DEFAULTS = 0x04;
  private static final int SET_SIGNAL_MASK = 0x08;
  private static final int SET_SESSION = 0x80;
  private static final long CLOSE_RANGE_CLOEXEC = 4;
  private static final long DESCRIPTOR_MAX = 0xFFFFFFFFL;

  private final Libc libc;
  private final Descriptors descriptors;
  private final NativeBuffer attributes = NativeBuffer.shared(STRUCTURE_BYTES);
  private final NativeBuffer actions = NativeBuffer.shared(STRUCTURE_BYTES);
  private final NativeBuffer pid = NativeBuffer.shared(Integer.BYTES);
  private final NativeBuffer texts = NativeBuffer.shared(TEXTS_BYTES);
  private boolean prepared;

  public Spawner(Libc libc) {
    this.libc = libc;
    this.descriptors = new Descriptors(libc);
  }

  /// Makes the process and returns its number once the file was executed; else `-errno` of the step
  /// that failed, with no process left.
  public int spawn(SpawnRequest request) throws LinuxException {
    prepare();
    List<Integer> parked = new ArrayList<>();
    try (NativeStrings strings = new NativeStrings(texts)) {
      checked(libc.call(Function.POSIX_SPAWN_FILE_ACTIONS_INIT, actions.address()), "spawn");
      fill(request, strings, parked);
      long answer =
          libc.call(
              Function.POSIX_SPAWN,
              pid.address(),
              strings.text(request.path()),
              actions.address(),
              attributes.address(),
              strings.array(request.arguments()),
              strings.array(request.environment()));
      return answer < 0 ? (int) answer : pid.intAt(0);
    } finally {
      libc.call(Function.POSIX_SPAWN_FILE_ACTIONS_DESTROY, actions.address());
      for (int fd : parked) {
        descriptors.close(fd);
      }
    }
  }

  /// Whether each spawn can name the first descriptor to be closed, so that none of ours need be
  /// marked.
  public static boolean closesByItself(Libc libc) {
    return libc.has(Function.POSIX_SPAWN_FILE_ACTIONS_ADDCLOSEFROM_NP);
  }

  @Override
  public void close() {
    attributes.close();
    actions.close();
    pid.close();
    texts.close();
  }

  private void prepare() throws LinuxException {
    if (prepared) {
      return;
    }
    int flags = SET_SIGNAL_DEFAULTS | SET_SIGNAL_MASK | SET_SESSION;
    try (NativeBuffer none = NativeBuffer.own(STRUCTURE_BYTES);
        NativeBuffer all = NativeBuffer.own(STRUCTURE_BYTES)) {
      libc.call(Function.SIGFILLSET, all.address());
      long attr = attributes.address();
      checked(libc.call(Function.POSIX_SPAWNATTR_INIT, attr), "prepare to spawn");
      checked(libc.call(Function.POSIX_SPAWNATTR_SETFLAGS, attr, flags), "prepare to spawn");
      libc.call(Function.POSIX_SPAWNATTR_SETSIGMASK, attr, none.address());
      libc.call(Function.POSIX_SPAWNATTR_SETSIGDEFAULT, attr, all.address());
    }
    prepared = true;
  }

  private void fill(SpawnRequest request, NativeStrings strings, List<Integer> parked)
      throws LinuxException {
    if (!request.directory().isEmpty()) {
      act(
          Function.POSIX_SPAWN_FILE_ACTIONS_ADDCHDIR_NP,
          strings.text(request.directory()),
          0,
          0,
          0);
    }
    List<Source> sources = request.descriptors();
    int count = sources.size();
    List<Source> safe = new ArrayList<>(count);
    for (Source source : sources) {
      safe.add(parked(source, count, parked));
    }
    for (int target = 0; target < count; target++) {
      switch (safe.get(target)) {
        case Source.Given(int fd) ->
            act(Function.POSIX_SPAWN_FILE_ACTIONS_ADDDUP2, fd, target, 0, 0);
        case Source.Opened(String path, int flags) ->
            act(Function.POSIX_SPAWN_FILE_ACTIONS_ADDOPEN, target, strings.text(path), flags, 0);
      }
    }
    closeFrom(count);
  }

  /// A source below the number of targets could be overwritten before its turn: it is moved away.
  private Source parked(Source source, int targets, List<Integer> parked) throws LinuxException {
    if (source instanceof Source.Given(int fd) && fd < targets) {
      int moved = descriptors.duplicate(fd, targets);
      parked.add(moved);
      return new Source.Given(moved);
    }
    return source;
  }

  /// musl has no such action: there every descriptor of ours is marked instead, again before each
  /// spawn, since the JDK opens without the mark.
  private void closeFrom(int first) throws LinuxException {
    long answer =
        libc.call(Function.POSIX_SPAWN_FILE_ACTIONS_ADDCLOSEFROM_NP, actions.address(), first);
    if (answer == -Errno.ENOSYS) {
      libc.system(SystemCall.CLOSE_RANGE, 3, DESCRIPTOR_MAX, CLOSE_RANGE_CLOEXEC, 0, 0);
    } else {
      checked(answer, "prepare to spawn");
    }
  }

  private void act(Function action, long a, long b, long c, long d) throws LinuxException {
    checked(libc.call(action, actions.address(), a, b, c, d), "prepare to spawn");
  }
}

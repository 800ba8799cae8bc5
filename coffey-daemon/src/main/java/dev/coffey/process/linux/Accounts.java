package dev.coffey.process.linux;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/// Users and groups, asked of libc so that every source of names counts.
public final class Accounts {
  private static final int RECORD_BYTES = 64;
  private static final int TEXT_BYTES = 1 << 16;
  private static final int USER_UID = 16;
  private static final int USER_GID = 20;
  private static final int USER_HOME = 32;
  private static final int USER_SHELL = 40;
  private static final int GROUP_GID = 16;

  private final Libc libc;

  public Accounts(Libc libc) {
    this.libc = libc;
  }

  /// One user.
  public record User(String name, int uid, int gid, String home, String shell) {}

  /// The user of a name.
  public Optional<User> user(String name) {
    try (NativeStrings strings = new NativeStrings();
        Answer answer = new Answer()) {
      long text = strings.text(name);
      return answer.of(libc, Function.GETPWNAM_R, text).map(Answer::user);
    }
  }

  /// The user of a number.
  public Optional<User> user(int uid) {
    try (Answer answer = new Answer()) {
      return answer.of(libc, Function.GETPWUID_R, uid).map(Answer::user);
    }
  }

  /// The number of a group's name.
  public OptionalInt group(String name) {
    try (NativeStrings strings = new NativeStrings();
        Answer answer = new Answer()) {
      long text = strings.text(name);
      return answer
          .of(libc, Function.GETGRNAM_R, text)
          .map(found -> OptionalInt.of(found.row.intAt(GROUP_GID)))
          .orElse(OptionalInt.empty());
    }
  }

  /// The buffers that a reentrant look-up answers in: a record, and the texts it points into.
  private static final class Answer implements AutoCloseable {
    private final NativeBuffer row = NativeBuffer.own(RECORD_BYTES);
    private final NativeBuffer texts = NativeBuffer.own(TEXT_BYTES);
    private final NativeBuffer result = NativeBuffer.own(Long.BYTES);

    /// An error of the look-up is the same as nobody of that name: neither can be run as.
    Optional<Answer> of(Libc libc, Function function, long key) {
      long answer =
          libc.call(function, key, row.address(), texts.address(), TEXT_BYTES, result.address());
      return answer >= 0 && result.longAt(0) != 0 ? Optional.of(this) : Optional.empty();
    }

    User user() {
      return new User(
          text(0), row.intAt(USER_UID), row.intAt(USER_GID), text(USER_HOME), text(USER_SHELL));
    }

    private String text(long field) {
      long from = row.longAt(field) - texts.address();
      long to = texts.indexOf((byte) 0, from, TEXT_BYTES);
      return new String(texts.bytes(from, (int) (to - from)), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      row.close();
      texts.close();
      result.close();
    }
  }
}

package dev.coffey.logs.segments;

import java.nio.file.Path;
import java.util.OptionalLong;

/// The names in a log's directory: `current`, which is written; `0000000000001234.log`, which was,
/// named by the number of its first entry; and beside each its index.
final class LogFiles {
  static final String CURRENT = "current";
  static final String LOCK = "lock";

  /// Where something at our name is moved that we have not written.
  static final String FOREIGN = "current.foreign";

  static final int INDEX_BYTES_MAX = 64 << 20;

  private static final String SEALED_SUFFIX = ".log";
  private static final String INDEX_SUFFIX = ".idx";

  private LogFiles() {}

  static Path sealed(Path directory, long base) {
    return directory.resolve("%016d%s".formatted(base, SEALED_SUFFIX));
  }

  static Path indexOf(Path segment) {
    String name = String.valueOf(segment.getFileName());
    String stem =
        name.endsWith(SEALED_SUFFIX)
            ? name.substring(0, name.length() - SEALED_SUFFIX.length())
            : name;
    return segment.resolveSibling(stem + INDEX_SUFFIX);
  }

  /// The number in a sealed segment's name.
  static OptionalLong base(String name) {
    if (!name.endsWith(SEALED_SUFFIX)) {
      return OptionalLong.empty();
    }
    return number(name.substring(0, name.length() - SEALED_SUFFIX.length()));
  }

  private static OptionalLong number(String digits) {
    if (digits.length() < 16 || digits.length() > 18) {
      return OptionalLong.empty();
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.of(Long.parseLong(digits));
  }
}

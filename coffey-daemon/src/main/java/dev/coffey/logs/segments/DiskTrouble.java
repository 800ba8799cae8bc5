package dev.coffey.logs.segments;

import java.io.IOException;
import java.util.Locale;

/// Why the disk refuses, as far as it decides what helps.
enum DiskTrouble {
  /// ENOSPC, EDQUOT: room can be made.
  FULL,
  /// EROFS: only waiting helps.
  READ_ONLY,
  /// EIO, a missing directory, no permission, no descriptor: only waiting helps.
  BROKEN;

  /// What the words of the system mean; those are all that the platform hands on.
  static DiskTrouble of(IOException failure) {
    String words = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (words.contains("no space left") || words.contains("quota")) {
      return FULL;
    }
    return words.contains("read-only") ? READ_ONLY : BROKEN;
  }
}

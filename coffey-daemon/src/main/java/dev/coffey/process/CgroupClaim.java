package dev.coffey.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Says that a daemon's control group is in use though it may be empty: a lock on one of its files,
/// which the kernel lets go of when the daemon ends, however that comes about.
final class CgroupClaim implements AutoCloseable {
  /// Each group has this file, and nobody else of ours opens it; closing it would end the lock.
  private static final String FILE = "cgroup.max.depth";

  private static final int ATTEMPTS_MAX = 10;

  private final @Nullable FileChannel lock;

  private CgroupClaim(@Nullable FileChannel lock) {
    this.lock = lock;
  }

  /// Makes the group and claims it. Whoever has just taken it for one that was left behind may
  /// remove it once more. Where its files cannot be locked, it goes without.
  static CgroupClaim make(Path group) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      Files.createDirectories(group);
      Optional<CgroupClaim> claim = of(group);
      if (claim.isPresent() && Files.exists(group.resolve(FILE))) {
        return claim.get();
      }
      claim.ifPresent(CgroupClaim::close);
      Thread.onSpinWait();
    }
    return new CgroupClaim(null);
  }

  /// Empty when another holds it, or it is not ours to change.
  static Optional<CgroupClaim> of(Path group) {
    try {
      FileChannel file = FileChannel.open(group.resolve(FILE), StandardOpenOption.WRITE);
      if (locked(file)) {
        return Optional.of(new CgroupClaim(file));
      }
      file.close();
    } catch (IOException refused) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static boolean locked(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException ours) {
      return false;
    }
  }

  @Override
  public void close() {
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException gone) {
        return;
      }
    }
  }
}

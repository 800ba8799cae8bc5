package dev.coffey.spec;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// When and how a service starts, and how long a run may last.
///
/// @param enabled whether it starts by itself at boot
/// @param timeout not ready by then is a failed start
/// @param remainAfterExit a oneshot that counts as running after it has ended well
/// @param runtimeMax stops a run that lasts longer
public record StartSpec(
    Kind kind,
    boolean enabled,
    @Nullable Duration timeout,
    boolean remainAfterExit,
    @Nullable Duration runtimeMax) {
  /// What an end means.
  public enum Kind {
    /// Meant to stay up.
    SERVICE,
    /// Done when it exits 0.
    ONESHOT
  }

  /// A service that starts at boot.
  public static final StartSpec DEFAULT = new StartSpec(Kind.SERVICE, true, null, false, null);
}

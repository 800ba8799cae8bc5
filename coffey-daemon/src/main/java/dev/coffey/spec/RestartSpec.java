package dev.coffey.spec;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What happens after an end that nobody asked for.
///
/// @param successCodes numbers and signal names (`TERM`) that count as success
/// @param permanentFailureCodes numbers and signal names after which no restart is tried
public record RestartSpec(
    RestartPolicy policy,
    Set<String> successCodes,
    Set<String> permanentFailureCodes,
    Backoff backoff,
    @Nullable GiveUp giveUp,
    OnFailure onFailure) {
  /// What CONFIG's table says when nothing is set.
  public static final RestartSpec DEFAULT =
      new RestartSpec(
          RestartPolicy.ON_FAILURE, Set.of("0"), Set.of(), Backoff.DEFAULT, null, OnFailure.NONE);

  public RestartSpec {
    successCodes = Set.copyOf(successCodes);
    permanentFailureCodes = Set.copyOf(permanentFailureCodes);
  }

  /// What a service's final failure means for the daemon.
  public enum OnFailure {
    NONE,
    /// The daemon ends with a failure code.
    SHUTDOWN
  }
}

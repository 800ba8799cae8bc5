package dev.coffey.spec;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The bounds a service runs within; `null` leaves the inherited value.
///
/// @param limits resource limits by their lower-case names without `RLIMIT_`
public record ResourceSpec(
    @Nullable Integer umask,
    @Nullable Integer nice,
    @Nullable String ionice,
    int oomScoreAdj,
    SortedMap<String, Limit> limits,
    Cgroup cgroup) {
  /// Nothing bounded.
  public static final ResourceSpec INHERITED =
      new ResourceSpec(null, null, null, 0, new TreeMap<>(), Cgroup.NONE);

  public ResourceSpec {
    if (oomScoreAdj < -1000 || oomScoreAdj > 1000) {
      throw new IllegalArgumentException(
          "oom_score_adj must be from -1000 to 1000, not %d".formatted(oomScoreAdj));
    }
    limits = Collections.unmodifiableSortedMap(new TreeMap<>(limits));
  }

  /// A soft and a hard limit; [#UNLIMITED] for none.
  public record Limit(long soft, long hard) {
    /// No limit.
    public static final long UNLIMITED = -1;

    public Limit {
      boolean tooHigh = hard != UNLIMITED && (soft == UNLIMITED || soft > hard);
      if (soft < UNLIMITED || hard < UNLIMITED || tooHigh) {
        throw new IllegalArgumentException(
            "limit must have a soft value up to its hard value, not %d:%d".formatted(soft, hard));
      }
    }
  }

  /// Bounds of the control group, as the kernel writes them; an empty text means none.
  public record Cgroup(String memoryMax, String cpuMax, String pidsMax) {
    /// Nothing bounded.
    public static final Cgroup NONE = new Cgroup("", "", "");
  }
}

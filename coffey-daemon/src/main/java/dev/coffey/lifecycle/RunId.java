package dev.coffey.lifecycle;

/// Names one launch; counted over the whole daemon and never used again, so that news of an earlier
/// run can be told from news of this one.
public record RunId(long value) implements Comparable<RunId> {
  public RunId {
    if (value < 1) {
      throw new IllegalArgumentException("run id must be at least 1, not %d".formatted(value));
    }
  }

  /// The one after this.
  public RunId next() {
    return new RunId(value + 1);
  }

  @Override
  public int compareTo(RunId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}

package dev.coffey.logs.segments;

import org.jspecify.annotations.Nullable;

/// Where a reader stands: the entry with this number begins at this offset.
///
/// @param segment null before there is one
/// @param run the current run before that entry
record Spot(@Nullable Segment segment, long offset, long seq, long run) {
  static Spot startOf(Segment segment, long seq, long run) {
    return new Spot(segment, 0, seq, run);
  }
}

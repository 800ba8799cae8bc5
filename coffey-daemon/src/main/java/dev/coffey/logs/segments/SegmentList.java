package dev.coffey.logs.segments;

import dev.coffey.spec.ServiceName;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The segments of one log and its cursors: the one thing that the writer and the readers share.
final class SegmentList {
  private final ServiceName service;
  private final List<Segment> segments = new ArrayList<>();
  private final Set<LogCursor> followers = ConcurrentHashMap.newKeySet();
  private long nextSeq = 1;
  private long run;

  SegmentList(ServiceName service) {
    this.service = service;
  }

  /// A part of a segment that can be read, to be given back by [#release].
  ///
  /// @param at where it begins; may be another place than was asked for
  /// @param limit where it ends
  /// @param rolled the segment was begun while the reader was in the one before
  record Slice(Spot at, Segment segment, Disk.Source file, long limit, boolean rolled) {}

  private record Next(Spot at, Segment segment, boolean rolled) {}

  ServiceName service() {
    return service;
  }

  synchronized void reset(List<Segment> found, long nextSeq, long run) {
    segments.clear();
    segments.addAll(found);
    this.nextSeq = nextSeq;
    this.run = run;
  }

  /// A segment as it was.
  ///
  /// @param index of the one that is written; the others' lie on disk
  /// @param tail the times of what comes after that index
  record Known(
      Segment segment, long length, @Nullable LogIndex index, Segment.@Nullable Times tail) {}

  /// The segments, oldest first, as they are now.
  synchronized List<Known> known() {
    List<Known> known = new ArrayList<>();
    for (Segment segment : segments) {
      known.add(new Known(segment, segment.length(), segment.copyOfOpenIndex(), segment.tail()));
    }
    return known;
  }

  synchronized long nextSeq() {
    return nextSeq;
  }

  synchronized long run() {
    return run;
  }

  synchronized long bytes() {
    long sum = 0;
    for (Segment segment : segments) {
      sum += segment.length();
    }
    return sum;
  }

  /// A new segment has its header.
  synchronized void begun(CurrentFile file) {
    nextSeq++;
    file.publish(nextSeq);
    segments.add(file.segment());
  }

  synchronized void grown(CurrentFile file, CurrentFile.Grown grown) {
    nextSeq += grown.lines();
    run = grown.run();
    file.publish(nextSeq);
  }

  /// Readers open files by name: a new name and the list change together.
  synchronized void seal(CurrentFile file, java.nio.file.Path name) throws IOException {
    file.seal(name);
  }

  synchronized void abandon(CurrentFile file) {
    file.abandon();
    segments.remove(file.segment());
  }

  /// The oldest one, when it is full; it is then no longer in the list.
  synchronized @Nullable Segment takeOldest(int kept) {
    int full = segments.size() - (segments.isEmpty() || segments.getLast().sealed() ? 0 : 1);
    if (full <= kept) {
      return null;
    }
    Segment oldest = segments.removeFirst();
    oldest.markDeleted();
    return oldest;
  }

  /// When the oldest full one was written last; `Long.MAX_VALUE` when there is none.
  synchronized long oldestMicros() {
    return segments.isEmpty() || !segments.getFirst().sealed()
        ? Long.MAX_VALUE
        : segments.getFirst().microsMax();
  }

  /// What can be read at a place; null when nothing more is there yet.
  synchronized @Nullable Slice slice(Spot spot) throws IOException {
    while (true) {
      Next next = find(spot);
      if (next == null) {
        return null;
      }
      Segment segment = next.segment();
      try {
        Disk.Source file = segment.acquire();
        return new Slice(next.at(), segment, file, segment.length(), next.rolled());
      } catch (NoSuchFileException _) {
        if (!segment.sealed()) {
          // Somebody took away the one that is written: the writer begins a new one soon.
          return null;
        }
        // Deleted by somebody else: what it held counts as skipped.
        segment.markDeleted();
        segments.remove(segment);
      }
    }
  }

  private @Nullable Next find(Spot spot) {
    Segment segment = spot.segment();
    if (segment != null && !segment.deleted()) {
      if (spot.offset() < segment.length()) {
        return new Next(spot, segment, false);
      }
      if (!segment.sealed()) {
        return null;
      }
    }
    Segment next = after(segment);
    if (next == null || next.length() == 0) {
      return null;
    }
    Spot start = Spot.startOf(next, next.base, spot.run());
    return new Next(start, next, segment != null);
  }

  private @Nullable Segment after(@Nullable Segment segment) {
    for (Segment candidate : segments) {
      if (segment == null || candidate.base > segment.base) {
        return candidate;
      }
    }
    return null;
  }

  synchronized void release(Slice slice) {
    slice.segment().release();
  }

  void follow(LogCursor cursor) {
    followers.add(cursor);
  }

  void unfollow(LogCursor cursor) {
    followers.remove(cursor);
  }

  boolean isFollowed() {
    return !followers.isEmpty();
  }

  void wakeFollowers() {
    followers.forEach(LogCursor::wake);
  }

  synchronized void close() {
    segments.forEach(Segment::close);
  }
}

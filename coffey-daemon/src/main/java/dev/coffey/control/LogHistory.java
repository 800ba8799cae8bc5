package dev.coffey.control;

import dev.coffey.logs.segments.LogCursor;
import dev.coffey.logs.segments.LogFilter;
import dev.coffey.logs.segments.LogRecord;
import dev.coffey.logs.segments.LogSearch;
import dev.coffey.spec.ServiceName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// The part of the logs that was there when the call came, merged by time.
final class LogHistory implements AutoCloseable {
  /// More services are sent one after the other: each feed may hold a chunk of its log.
  static final int MERGED_SERVICES_MAX = 32;

  private final List<LogFeed> feeds;

  /// One service's log at the moment of the call.
  ///
  /// @param endSeq the number of the first entry that is not history
  record Part(ServiceName service, LogSearch search, LogFilter filter, long endSeq) {
    static Part of(ServiceName service, LogSearch search, LogRequest request) throws IOException {
      return new Part(service, search, request.filter(service, search), search.nextSeq());
    }
  }

  private LogHistory(List<LogFeed> feeds) {
    this.feeds = feeds;
  }

  static LogHistory of(List<Part> parts, LogRequest request)
      throws IOException, InterruptedException {
    Map<ServiceName, Integer> shares =
        request.everything() ? Map.of() : shares(parts, request.lines());
    List<LogFeed> feeds = new ArrayList<>();
    for (Part part : parts) {
      @Nullable Long after = request.after(part.service());
      if (after != null) {
        feeds.add(new LogFeed(part.search().after(after, part.filter(), part.endSeq())));
      } else if (request.everything()) {
        feeds.add(new LogFeed(part.search().all(part.filter(), part.endSeq())));
      } else {
        int share = shares.getOrDefault(part.service(), 0);
        if (share > 0) {
          feeds.add(new LogFeed(part.search().last(share, part.filter(), part.endSeq())));
        }
      }
    }
    return new LogHistory(feeds);
  }

  /// How many of the last lines of all services are each one's.
  private static Map<ServiceName, Integer> shares(List<Part> parts, int lines)
      throws IOException, InterruptedException {
    Map<ServiceName, Integer> shares = new HashMap<>();
    if (parts.size() == 1) {
      shares.put(parts.getFirst().service(), lines);
      return shares;
    }
    record Written(long micros, ServiceName service) {}
    PriorityQueue<Written> newest =
        new PriorityQueue<>((one, other) -> Long.compare(one.micros(), other.micros()));
    for (Part part : parts) {
      if (lines == 0) {
        break;
      }
      LogCursor cursor = part.search().last(lines, part.filter(), part.endSeq());
      LogFeed feed = new LogFeed(cursor);
      for (LogRecord entry = feed.peek(); entry != null; entry = feed.peek()) {
        if (entry instanceof LogRecord.Line) {
          newest.add(new Written(entry.micros(), part.service()));
          if (newest.size() > lines) {
            newest.remove();
          }
        }
        feed.take();
      }
    }
    newest.forEach(written -> shares.merge(written.service(), 1, Integer::sum));
    return shares;
  }

  /// Adds what comes next; an empty batch means that this was all.
  void fill(LogBatch batch) throws IOException, InterruptedException {
    while (!batch.full()) {
      @Nullable LogFeed first = earliest();
      if (first == null) {
        return;
      }
      batch.add(first.take());
    }
  }

  private @Nullable LogFeed earliest() throws IOException, InterruptedException {
    @Nullable LogFeed first = null;
    long micros = Long.MAX_VALUE;
    int looked = 0;
    for (int i = 0; i < feeds.size() && looked < MERGED_SERVICES_MAX; ) {
      LogFeed feed = feeds.get(i);
      @Nullable LogRecord entry = feed.peek();
      if (entry == null) {
        feeds.remove(i).close();
        continue;
      }
      if (first == null || entry.micros() < micros) {
        first = feed;
        micros = entry.micros();
      }
      looked++;
      i++;
    }
    return first;
  }

  @Override
  public void close() {
    feeds.forEach(LogFeed::close);
    feeds.clear();
  }
}

package dev.coffey.control;

import dev.coffey.lifecycle.Service;
import dev.coffey.logs.Logs;
import dev.coffey.logs.segments.LogCursor;
import dev.coffey.logs.segments.LogRecord;
import dev.coffey.logs.segments.LogSearch;
import dev.coffey.spec.ServiceName;
import dev.coffey.supervisor.Snapshot;
import dev.coffey.supervisor.Subscription;
import dev.coffey.supervisor.Supervisor;
import dev.coffey.v1.TailLogsResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Logs for one reader: history, and then what comes. Both begin and end at the same entry of each
/// log, so that there is no gap between them and nothing twice.
final class LogSource implements Source<TailLogsResponse> {
  private final Logs logs;
  private final Supervisor supervisor;
  private final LogRequest request;
  private final Runnable wake;
  private final Subscription subscription;
  private final Alarm alarm;
  private final List<ServiceName> silent = new ArrayList<>();
  private final List<LogFeed> followed = new ArrayList<>();

  /// By service, where history ends and following begins.
  private final Map<String, Long> ends = new TreeMap<>();

  private @Nullable LogHistory history;
  private boolean caughtUp;
  private long silentAtRevision = -1;
  private int turn;

  private LogSource(House house, LogRequest request, Runnable wake) {
    this.logs = house.logs();
    this.supervisor = house.supervisor();
    this.request = request;
    this.wake = wake;
    this.alarm = new Alarm(wake);
    this.subscription = request.follow() ? supervisor.watch(wake) : () -> {};
  }

  static LogSource open(House house, LogRequest request, List<Service> services, Runnable wake)
      throws IOException, InterruptedException {
    LogSource source = new LogSource(house, request, wake);
    try {
      List<LogHistory.Part> parts = new ArrayList<>();
      for (Service service : services) {
        Optional<LogSearch> search = source.logs.search(service.name());
        if (search.isPresent()) {
          LogHistory.Part part = LogHistory.Part.of(service.name(), search.get(), request);
          parts.add(part);
          source.ends.put(service.name().value(), part.endSeq() - 1);
        } else {
          source.silent.add(service.name());
          source.ends.put(service.name().value(), 0L);
        }
      }
      source.history = LogHistory.of(parts, request);
      if (request.follow()) {
        for (LogHistory.Part part : parts) {
          source.follow(part.search().after(part.endSeq() - 1, part.filter(), Long.MAX_VALUE));
        }
      }
      return source;
    } catch (IOException | InterruptedException | RuntimeException e) {
      source.close();
      throw e;
    }
  }

  private void follow(LogCursor cursor) {
    cursor.onMore(wake);
    followed.add(new LogFeed(cursor));
  }

  @Override
  public Next<TailLogsResponse> next() throws IOException, InterruptedException {
    try {
      return caughtUp ? live() : past();
    } catch (IllegalArgumentException e) {
      // The expression is the only thing of the caller's that can fail while reading.
      throw Failure.badField("grep", String.valueOf(e.getMessage()), "quick to search for");
    }
  }

  private Next<TailLogsResponse> past() throws IOException, InterruptedException {
    LogBatch batch = new LogBatch();
    if (history != null) {
      history.fill(batch);
    }
    if (batch.full()) {
      return Next.of(batch.message(false));
    }
    caughtUp = true;
    return request.follow() ? Next.of(batch.message(ends)) : Next.last(batch.message(true));
  }

  private Next<TailLogsResponse> live() throws IOException, InterruptedException {
    hearSilent();
    LogBatch batch = new LogBatch();
    for (int i = 0; i < followed.size() && !batch.full(); i++) {
      LogFeed feed = followed.get(turn++ % followed.size());
      for (LogRecord entry = feed.peek(); entry != null && !batch.full(); entry = feed.peek()) {
        batch.add(feed.take());
      }
    }
    if (!batch.isEmpty()) {
      return Next.of(batch.message(false));
    }
    Duration left = left();
    if (left.isZero() || left.isNegative()) {
      return Next.end();
    }
    if (!request.until().equals(Instant.MAX)) {
      alarm.in(left);
    }
    return Next.nothing();
  }

  private Duration left() {
    return request.until().equals(Instant.MAX)
        ? Duration.ofDays(1)
        : Duration.between(Instant.now(), request.until());
  }

  /// Those that had no log yet may have been started since: all of it is new then.
  private void hearSilent() throws IOException {
    Snapshot now = supervisor.snapshot();
    if (silent.isEmpty() || now.revision() == silentAtRevision) {
      return;
    }
    silentAtRevision = now.revision();
    List<ServiceName> heard = new ArrayList<>();
    for (ServiceName name : silent) {
      boolean launched =
          now.fleet().service(name).map(service -> service.lastRun() != null).orElse(false);
      Optional<LogSearch> search = launched ? logs.search(name) : Optional.empty();
      if (search.isPresent()) {
        follow(search.get().all(request.filter(name, search.get()), Long.MAX_VALUE));
        heard.add(name);
      }
    }
    silent.removeAll(heard);
  }

  @Override
  public void close() {
    subscription.close();
    followed.forEach(LogFeed::close);
    if (history != null) {
      history.close();
    }
  }
}

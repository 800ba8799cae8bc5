package dev.coffey.ctl.command;

import dev.coffey.ctl.client.Answers;
import dev.coffey.ctl.client.CallFailed;
import dev.coffey.ctl.output.LogJson;
import dev.coffey.ctl.output.LogText;
import dev.coffey.ctl.output.Screen;
import dev.coffey.v1.LogLine;
import dev.coffey.v1.TailLogsRequest;
import dev.coffey.v1.TailLogsResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/// Prints a log stream, and picks it up behind the last line it got when the connection breaks.
final class LogFollower {
  private static final Duration PAUSE_FIRST = Duration.ofMillis(100);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(2);
  private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(30);

  private final Session session;
  private final Function<TailLogsRequest, Answers<TailLogsResponse>> source;
  private final Screen screen;
  private final LogText text;
  private final Map<String, Long> received = new TreeMap<>();
  private Optional<Instant> liveSince = Optional.empty();
  private Optional<Instant> lostAt = Optional.empty();
  private boolean heard;

  LogFollower(
      Session session, LogText text, Function<TailLogsRequest, Answers<TailLogsResponse>> source) {
    this.session = session;
    this.source = source;
    this.screen = session.screen();
    this.text = text;
  }

  /// Returns when all that was asked for has been printed, or nobody reads it any more.
  void follow(TailLogsRequest first) {
    Duration pause = PAUSE_FIRST;
    while (true) {
      try {
        printAll(resumed(first));
        return;
      } catch (CallFailed e) {
        if (e.kind() != CallFailed.Kind.UNREACHABLE || !first.getFollow() || !mayTryAgain()) {
          throw e;
        }
        pause = heard ? PAUSE_FIRST : pause.multipliedBy(2);
        pause = pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause;
        heard = false;
        session.disconnect();
        LockSupport.parkNanos(pause.toNanos());
      }
    }
  }

  private void printAll(TailLogsRequest request) {
    try (Answers<TailLogsResponse> batches = source.apply(request)) {
      while (batches.hasNext()) {
        take(batches.next());
        screen.flush();
        if (screen.isBroken()) {
          return;
        }
      }
    }
  }

  private void take(TailLogsResponse batch) {
    heard = true;
    if (lostAt.isPresent()) {
      lostAt = Optional.empty();
      screen.note("-- connected again --");
    }
    for (LogLine line : batch.getLinesList()) {
      received.put(line.getService(), line.getSeq());
      if (screen.isJson()) {
        screen.document(LogJson.of(line));
      } else {
        text.print(line);
      }
    }
    if (batch.getCaughtUp()) {
      batch.getEndsMap().forEach((service, seq) -> received.merge(service, seq, Math::max));
      liveSince = liveSince.or(() -> Optional.of(session.now()));
    }
  }

  /// Behind the last line of each service, or behind its history where nothing came since. A
  /// service that is new by then is taken from where history ended.
  private TailLogsRequest resumed(TailLogsRequest first) {
    TailLogsRequest.Builder request = first.toBuilder().putAllAfter(received);
    if (liveSince.isPresent()) {
      request.clearLines().clearAllLines().setSince(TimeArguments.stamp(liveSince.get()));
    }
    return request.build();
  }

  /// Only what once worked is worth waiting for, and not for ever.
  private boolean mayTryAgain() {
    Instant now = session.now();
    if (heard) {
      lostAt = Optional.of(now);
      screen.note("-- lost the daemon, trying again --");
      return true;
    }
    return lostAt.isPresent() && now.isBefore(lostAt.get().plus(GIVE_UP_AFTER));
  }
}

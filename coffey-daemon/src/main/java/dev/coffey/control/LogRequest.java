package dev.coffey.control;

import com.google.rpc.Code;
import dev.coffey.logs.segments.LogFilter;
import dev.coffey.logs.segments.LogSearch;
import dev.coffey.spec.ServiceName;
import dev.coffey.v1.ErrorReason;
import dev.coffey.v1.LogStream;
import dev.coffey.v1.TailLogsRequest;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// What a reader of logs has asked for, checked.
final class LogRequest {
  static final int LINES_DEFAULT = 50;
  static final int GREP_CHARS_MAX = 1024;
  static final int RUNS_BACK_MAX = 1000;

  private final TailLogsRequest asked;
  private final @Nullable Pattern grep;

  LogRequest(TailLogsRequest asked) {
    this.asked = asked;
    this.grep = asked.hasGrep() ? compiled(asked.getGrep()) : null;
    if (asked.hasLines() && asked.getLines() < 0) {
      throw Failure.badField("lines", Integer.toString(asked.getLines()), "at least 0");
    }
    if (asked.hasRunsBack() && (asked.getRunsBack() < 1 || asked.getRunsBack() > RUNS_BACK_MAX)) {
      throw Failure.badField(
          "runs_back", Integer.toString(asked.getRunsBack()), "from 1 to " + RUNS_BACK_MAX);
    }
  }

  boolean follow() {
    return asked.getFollow();
  }

  Instant until() {
    return asked.hasUntil() ? WallTime.instant(asked.getUntil()) : Instant.MAX;
  }

  /// Whether everything that fits is wanted, and not the last lines alone.
  boolean everything() {
    boolean begins =
        asked.hasSince() || asked.hasRunId() || asked.hasRunsBack() || asked.getAfterCount() > 0;
    return asked.getAllLines() || (begins && !asked.hasLines());
  }

  int lines() {
    return asked.hasLines() ? asked.getLines() : LINES_DEFAULT;
  }

  /// The last entry that the reader has of a service; `null` when it resumes nothing.
  @Nullable Long after(ServiceName service) {
    return asked.getAfterMap().get(service.value());
  }

  /// What is wanted of one service's log.
  LogFilter filter(ServiceName service, LogSearch search) throws IOException {
    List<LogStream> streams = asked.getStreamsList();
    return new LogFilter(
        streams.isEmpty() || streams.contains(LogStream.LOG_STREAM_STDOUT),
        streams.isEmpty() || streams.contains(LogStream.LOG_STREAM_STDERR),
        asked.hasSince() && after(service) == null
            ? micros(WallTime.instant(asked.getSince()))
            : Long.MIN_VALUE,
        asked.hasUntil() ? micros(WallTime.instant(asked.getUntil())) : Long.MAX_VALUE,
        run(service, search),
        grep);
  }

  private long run(ServiceName service, LogSearch search) throws IOException {
    if (asked.hasRunId()) {
      boolean known = search.runs(RUNS_BACK_MAX).contains(asked.getRunId());
      return known ? asked.getRunId() : noSuchRun(service, "run " + asked.getRunId());
    }
    if (asked.hasRunsBack()) {
      List<Long> newestFirst = search.runs(asked.getRunsBack() + 1);
      return newestFirst.size() > asked.getRunsBack()
          ? newestFirst.getLast()
          : noSuchRun(service, "run as far back as " + asked.getRunsBack());
    }
    return 0;
  }

  private long noSuchRun(ServiceName service, String what) {
    throw Failure.of(
        Code.NOT_FOUND,
        ErrorReason.ERROR_REASON_NO_SUCH_RUN,
        "the log of '%s' has no %s".formatted(service, what),
        Map.of("service", service.value(), "run_id", Long.toString(asked.getRunId())));
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private static Pattern compiled(String text) {
    try {
      if (text.length() <= GREP_CHARS_MAX) {
        return Pattern.compile(text);
      }
    } catch (PatternSyntaxException _) {
      // Said below.
    }
    throw Failure.badField(
        "grep", text, "a regular expression of up to %d characters".formatted(GREP_CHARS_MAX));
  }
}

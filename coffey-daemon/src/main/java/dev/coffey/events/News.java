package dev.coffey.events;

import dev.coffey.lifecycle.RunId;
import dev.coffey.spec.ServiceName;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Something worth telling, before it has its number; empty texts mean "not applicable".
///
/// @param topic dotted, the subject first: `service.started`
/// @param from what was the case before, in the words of the status
/// @param data what else belongs to this topic: `exit_code`, `retry_ms`
/// @param operation the command that led to it
/// @param revision of the fleet that holds its effect; 0 where it is about none
public record News(
    String topic,
    @Nullable ServiceName service,
    @Nullable RunId run,
    String from,
    String to,
    String reason,
    SortedMap<String, String> data,
    String operation,
    long revision) {
  /// A reason is a sentence or two.
  public static final int REASON_CHARS_MAX = 1024;

  /// Fields beside the fixed ones.
  public static final int DATA_ENTRIES_MAX = 16;

  public News {
    if (!TopicPattern.isTopic(topic)) {
      throw new IllegalArgumentException(
          "topic must be dotted lower-case words, not '%s'".formatted(topic));
    }
    if (data.size() > DATA_ENTRIES_MAX) {
      throw new IllegalArgumentException(
          "event data must have up to %d entries, not %d".formatted(DATA_ENTRIES_MAX, data.size()));
    }
    if (reason.length() > REASON_CHARS_MAX) {
      reason = reason.substring(0, REASON_CHARS_MAX) + "…";
    }
    data = Collections.unmodifiableSortedMap(new TreeMap<>(data));
  }

  /// News of the daemon itself.
  public static News of(String topic) {
    return new News(topic, null, null, "", "", "", new TreeMap<>(), "", 0);
  }

  /// The same about a service, and about one run of it where there is one.
  public News about(ServiceName of, @Nullable RunId one) {
    return new News(topic, of, one, from, to, reason, data, operation, revision);
  }

  /// The same as a change from one word of the status to another.
  public News change(String before, String after) {
    return new News(topic, service, run, before, after, reason, data, operation, revision);
  }

  /// The same with its reason.
  public News because(String why) {
    return new News(topic, service, run, from, to, why, data, operation, revision);
  }

  /// The same with one more field.
  public News with(String key, String value) {
    SortedMap<String, String> more = new TreeMap<>(data);
    more.put(key, value);
    return new News(topic, service, run, from, to, reason, more, operation, revision);
  }

  /// The same as the effect of a command.
  public News by(String command) {
    return new News(topic, service, run, from, to, reason, data, command, revision);
  }

  /// The same as seen from this revision on.
  public News at(long seenFrom) {
    return new News(topic, service, run, from, to, reason, data, operation, seenFrom);
  }
}

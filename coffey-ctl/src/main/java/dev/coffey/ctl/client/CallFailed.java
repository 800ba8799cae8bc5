package dev.coffey.ctl.client;

import dev.coffey.v1.Problem;
import java.util.List;
import java.util.Map;

/// A call did not give what it was made for; the message is a sentence for people.
public final class CallFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// What kind of failure it is, as far as callers act on it.
  public enum Kind {
    /// Nobody answers at the socket, or the one who did is going away.
    UNREACHABLE,
    /// What was named does not exist.
    NO_SUCH,
    /// Not possible in the present state.
    REFUSED,
    /// Not allowed to this caller.
    DENIED,
    /// The configuration does not load.
    INVALID_CONFIG,
    /// The request makes no sense to the daemon.
    BAD_REQUEST,
    /// No answer in time.
    TIMED_OUT,
    /// The daemon does not know this call.
    UNSUPPORTED,
    /// Anything else.
    OTHER
  }

  private final Kind kind;
  private final String code;
  private final transient Details details;

  /// What the daemon added for programs: why, what about, and the problems of a configuration.
  public record Details(String reason, Map<String, String> metadata, List<Problem> problems) {
    static final Details NONE = new Details("", Map.of(), List.of());

    public Details {
      metadata = Map.copyOf(metadata);
      problems = List.copyOf(problems);
    }
  }

  CallFailed(Kind kind, String code, String sentence, Details details) {
    super(sentence, null, false, false);
    this.kind = kind;
    this.code = code;
    this.details = details;
  }

  public Kind kind() {
    return kind;
  }

  /// The word for it in JSON, such as `not_found`.
  public String code() {
    return code;
  }

  public Details details() {
    return details;
  }

  /// The sentence, never absent here.
  public String sentence() {
    return String.valueOf(getMessage());
  }
}

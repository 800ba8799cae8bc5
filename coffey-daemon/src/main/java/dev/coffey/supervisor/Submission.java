package dev.coffey.supervisor;

import dev.coffey.fleet.Reply;

/// What became of a command when it was heard.
public sealed interface Submission {
  /// It is under way; the operation tells how it goes.
  record Begun(Operation operation) implements Submission {}

  /// It is not done.
  record Declined(Reply.Refused refusal) implements Submission {}
}

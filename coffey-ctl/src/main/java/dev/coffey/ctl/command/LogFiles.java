package dev.coffey.ctl.command;

import dev.coffey.v1.TailLogsRequest;
import dev.coffey.v1.TailLogsResponse;
import java.util.Iterator;

/// The files of logs, for when no daemon runs: a program that knows them answers in its place.
@FunctionalInterface
public interface LogFiles {
  /// What a daemon would answer; fails as one would, too.
  ///
  /// @param directory where the logs are; empty for where the configuration says
  Iterator<TailLogsResponse> read(TailLogsRequest request, String directory);
}

package dev.coffey.control;

import dev.coffey.spec.Plan;
import dev.coffey.spec.Problem;
import dev.coffey.supervisor.Operation;
import java.util.List;
import java.util.Optional;

/// Where the daemon's configuration comes from, for those who look at it or change it.
public interface ConfigSource {
  /// What the files say now.
  sealed interface Reading {
    /// A plan, and what is probably not meant.
    record Sound(Plan plan, List<Problem> warnings) implements Reading {}

    /// No plan, and all that is wrong.
    record Bad(List<Problem> problems) implements Reading {}
  }

  /// What became of a wish to put the files in force.
  sealed interface Reloading {
    /// It is under way.
    record Begun(Operation operation) implements Reloading {}

    /// Nothing has changed, and why not.
    record Refused(List<Problem> problems) implements Reloading {}

    /// Nothing has changed: the daemon is on its way out.
    record TooLate() implements Reloading {}
  }

  /// Reads the files, and does nothing.
  Reading read();

  /// Reads the files and puts them in force, all or nothing.
  Reloading reload() throws InterruptedException;

  /// How many configurations have been in force, this one included.
  long version();

  /// The JSON Schema of a file.
  String schema();

  /// What a problem's code means.
  Optional<String> explanation(String code);
}

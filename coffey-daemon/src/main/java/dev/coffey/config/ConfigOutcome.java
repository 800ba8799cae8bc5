package dev.coffey.config;

import dev.coffey.spec.Plan;
import dev.coffey.spec.Problem;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What came of reading a configuration.
public sealed interface ConfigOutcome {
  /// A plan that can be run.
  ///
  /// @param warnings what is probably not meant
  /// @param effective the configuration as it works, for people
  /// @param invalid services that a bad drop-in has disabled, and why; empty unless at boot
  record Loaded(
      Plan plan,
      List<Problem> warnings,
      Effective effective,
      SortedMap<String, List<Problem>> invalid)
      implements ConfigOutcome {
    public Loaded {
      warnings = List.copyOf(warnings);
      invalid = Collections.unmodifiableSortedMap(new TreeMap<>(invalid));
    }
  }

  /// No plan; at least one of the problems is an error.
  record Refused(List<Problem> problems) implements ConfigOutcome {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}

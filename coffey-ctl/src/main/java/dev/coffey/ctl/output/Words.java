package dev.coffey.ctl.output;

import dev.coffey.v1.DaemonPhase;
import dev.coffey.v1.DependencyCondition;
import dev.coffey.v1.Desired;
import dev.coffey.v1.FailureStage;
import dev.coffey.v1.FindingLevel;
import dev.coffey.v1.Health;
import dev.coffey.v1.LogMarker;
import dev.coffey.v1.LogStream;
import dev.coffey.v1.OperationState;
import dev.coffey.v1.Outcome;
import dev.coffey.v1.ProbeRole;
import dev.coffey.v1.ResultKind;
import dev.coffey.v1.ServiceState;
import java.util.Locale;

/// The words of the wire's enums: the value without its prefix, in lower case with dashes.
public final class Words {
  private static final String UNKNOWN = "unknown";

  private Words() {}

  public static String of(ServiceState state) {
    return word("SERVICE_STATE_", state);
  }

  public static String of(Desired desired) {
    return word("DESIRED_", desired);
  }

  public static String of(Health health) {
    return word("HEALTH_", health);
  }

  public static String of(ResultKind kind) {
    return word("RESULT_KIND_", kind);
  }

  public static String of(FailureStage stage) {
    return word("FAILURE_STAGE_", stage);
  }

  public static String of(DependencyCondition condition) {
    return word("DEPENDENCY_CONDITION_", condition);
  }

  public static String of(ProbeRole role) {
    return word("PROBE_ROLE_", role);
  }

  public static String of(LogStream stream) {
    return word("LOG_STREAM_", stream);
  }

  public static String of(LogMarker marker) {
    return word("LOG_MARKER_", marker);
  }

  public static String of(OperationState state) {
    return word("OPERATION_STATE_", state);
  }

  public static String of(Outcome outcome) {
    return word("OUTCOME_", outcome);
  }

  public static String of(DaemonPhase phase) {
    return word("DAEMON_PHASE_", phase);
  }

  public static String of(FindingLevel level) {
    return word("FINDING_LEVEL_", level);
  }

  /// A value of a newer daemon, and none at all, are both `unknown` here.
  private static String word(String prefix, Enum<?> value) {
    String name = value.name();
    if (!name.startsWith(prefix) || name.endsWith("_UNSPECIFIED")) {
      return UNKNOWN;
    }
    return name.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

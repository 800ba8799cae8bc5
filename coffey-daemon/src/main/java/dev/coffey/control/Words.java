package dev.coffey.control;

import dev.coffey.fleet.Phase;
import dev.coffey.fleet.ShownState;
import dev.coffey.lifecycle.Health;
import dev.coffey.lifecycle.ProbeKind;
import dev.coffey.lifecycle.Result;
import dev.coffey.spec.Check;
import dev.coffey.spec.Dependency;
import dev.coffey.v1.DaemonPhase;
import dev.coffey.v1.DependencyCondition;
import dev.coffey.v1.FailureStage;
import dev.coffey.v1.ProbeRole;
import dev.coffey.v1.ResultKind;
import dev.coffey.v1.ServiceState;
import java.util.Optional;

/// The house's words in the wire's.
final class Words {
  private Words() {}

  static ServiceState of(ShownState state) {
    return switch (state) {
      case STOPPED -> ServiceState.SERVICE_STATE_STOPPED;
      case WAITING -> ServiceState.SERVICE_STATE_WAITING;
      case STARTING -> ServiceState.SERVICE_STATE_STARTING;
      case RUNNING -> ServiceState.SERVICE_STATE_RUNNING;
      case RELOADING -> ServiceState.SERVICE_STATE_RELOADING;
      case STOPPING -> ServiceState.SERVICE_STATE_STOPPING;
      case BACKOFF -> ServiceState.SERVICE_STATE_BACKOFF;
      case COMPLETED -> ServiceState.SERVICE_STATE_COMPLETED;
      case FAILED -> ServiceState.SERVICE_STATE_FAILED;
      case STOP_FAILED -> ServiceState.SERVICE_STATE_STOP_FAILED;
    };
  }

  static dev.coffey.v1.Health of(Health health) {
    return switch (health) {
      case NONE -> dev.coffey.v1.Health.HEALTH_NONE;
      case UNKNOWN -> dev.coffey.v1.Health.HEALTH_UNKNOWN;
      case HEALTHY -> dev.coffey.v1.Health.HEALTH_HEALTHY;
      case DEGRADED -> dev.coffey.v1.Health.HEALTH_DEGRADED;
      case UNHEALTHY -> dev.coffey.v1.Health.HEALTH_UNHEALTHY;
    };
  }

  static ResultKind of(Result.Kind kind) {
    return switch (kind) {
      case SUCCESS -> ResultKind.RESULT_KIND_SUCCESS;
      case EXIT_CODE -> ResultKind.RESULT_KIND_EXIT_CODE;
      case SIGNAL -> ResultKind.RESULT_KIND_SIGNAL;
      case CORE_DUMP -> ResultKind.RESULT_KIND_CORE_DUMP;
      case TIMEOUT -> ResultKind.RESULT_KIND_TIMEOUT;
      case WATCHDOG -> ResultKind.RESULT_KIND_WATCHDOG;
      case OOM_KILL -> ResultKind.RESULT_KIND_OOM_KILL;
      case EXEC_FAILED -> ResultKind.RESULT_KIND_EXEC_FAILED;
      case RESOURCES -> ResultKind.RESULT_KIND_RESOURCES;
      case DEPENDENCY -> ResultKind.RESULT_KIND_DEPENDENCY;
      case PROBE -> ResultKind.RESULT_KIND_PROBE;
      case START_LIMIT -> ResultKind.RESULT_KIND_START_LIMIT;
      case LOST_LISTENER -> ResultKind.RESULT_KIND_LOST_LISTENER;
      case UNKNOWN -> ResultKind.RESULT_KIND_UNKNOWN;
    };
  }

  /// How far a failed run got, where its result alone can tell.
  static Optional<FailureStage> stage(Result.Kind kind) {
    return switch (kind) {
      case EXEC_FAILED -> Optional.of(FailureStage.FAILURE_STAGE_EXEC);
      case DEPENDENCY -> Optional.of(FailureStage.FAILURE_STAGE_DEPENDENCY);
      default -> Optional.empty();
    };
  }

  static DependencyCondition of(Dependency.Condition condition) {
    return switch (condition) {
      case STARTED -> DependencyCondition.DEPENDENCY_CONDITION_STARTED;
      case HEALTHY -> DependencyCondition.DEPENDENCY_CONDITION_HEALTHY;
      case COMPLETED -> DependencyCondition.DEPENDENCY_CONDITION_COMPLETED;
    };
  }

  static ProbeRole of(ProbeKind kind) {
    return switch (kind) {
      case STARTUP -> ProbeRole.PROBE_ROLE_STARTUP;
      case READINESS -> ProbeRole.PROBE_ROLE_READINESS;
      case LIVENESS -> ProbeRole.PROBE_ROLE_LIVENESS;
    };
  }

  static String of(Check check) {
    return switch (check) {
      case Check.Http _ -> "http";
      case Check.Tcp _ -> "tcp";
      case Check.Unix _ -> "unix";
      case Check.Exec _ -> "exec";
      case Check.Grpc _ -> "grpc";
      case Check.LogLine _ -> "log";
      case Check.Notify _ -> "notify";
      case Check.Descriptor _ -> "fd";
      case Check.File _ -> "file";
    };
  }

  static DaemonPhase of(Phase phase) {
    return switch (phase) {
      case STARTING -> DaemonPhase.DAEMON_PHASE_STARTING;
      case RUNNING -> DaemonPhase.DAEMON_PHASE_RUNNING;
      case STOPPING -> DaemonPhase.DAEMON_PHASE_STOPPING;
      case STOPPED -> DaemonPhase.DAEMON_PHASE_STOPPED;
    };
  }
}

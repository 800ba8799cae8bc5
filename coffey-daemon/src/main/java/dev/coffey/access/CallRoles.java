package dev.coffey.access;

import static dev.coffey.access.Role.ADMIN;
import static dev.coffey.access.Role.OBSERVER;
import static dev.coffey.access.Role.OPERATOR;
import static java.util.Map.entry;

import java.util.Map;

/// The role that each call of the protocol asks for, by its full name.
public final class CallRoles {
  /// Every call of `coffey.v1`; what shows files or environments is not for observers.
  static final Map<String, Role> TABLE =
      Map.ofEntries(
          entry("coffey.v1.ServiceControl/ListServices", OBSERVER),
          entry("coffey.v1.ServiceControl/GetService", OBSERVER),
          entry("coffey.v1.ServiceControl/WatchServices", OBSERVER),
          entry("coffey.v1.ServiceControl/ExplainService", OBSERVER),
          entry("coffey.v1.ServiceControl/StartServices", OPERATOR),
          entry("coffey.v1.ServiceControl/StopServices", OPERATOR),
          entry("coffey.v1.ServiceControl/RestartServices", OPERATOR),
          entry("coffey.v1.ServiceControl/KillServices", OPERATOR),
          entry("coffey.v1.ServiceControl/PauseServices", OPERATOR),
          entry("coffey.v1.ServiceControl/ResumeServices", OPERATOR),
          entry("coffey.v1.ServiceControl/SendInput", OPERATOR),
          entry("coffey.v1.ServiceControl/Attach", OPERATOR),
          entry("coffey.v1.OperationControl/GetOperation", OBSERVER),
          entry("coffey.v1.OperationControl/WatchOperation", OBSERVER),
          entry("coffey.v1.OperationControl/ListOperations", OBSERVER),
          entry("coffey.v1.OperationControl/CancelOperation", OPERATOR),
          entry("coffey.v1.LogReader/TailLogs", OBSERVER),
          entry("coffey.v1.EventReader/WatchEvents", OBSERVER),
          entry("coffey.v1.DaemonControl/GetInfo", OBSERVER),
          entry("coffey.v1.DaemonControl/Diagnose", OBSERVER),
          entry("coffey.v1.DaemonControl/Shutdown", ADMIN),
          entry("coffey.v1.DaemonControl/Upgrade", ADMIN),
          entry("coffey.v1.DaemonControl/ReopenLogs", ADMIN),
          entry("coffey.v1.ConfigControl/Validate", OPERATOR),
          entry("coffey.v1.ConfigControl/Plan", OPERATOR),
          entry("coffey.v1.ConfigControl/Reload", ADMIN),
          entry("coffey.v1.ConfigControl/Confirm", ADMIN),
          entry("coffey.v1.ConfigControl/ListVersions", OBSERVER),
          entry("coffey.v1.ConfigControl/Diff", OPERATOR),
          entry("coffey.v1.ConfigControl/Rollback", ADMIN),
          entry("coffey.v1.ConfigControl/GetEffective", OPERATOR),
          entry("coffey.v1.ConfigControl/GetSchema", OBSERVER),
          entry("coffey.v1.ConfigControl/ExplainCode", OBSERVER),
          entry("grpc.health.v1.Health/Check", OBSERVER),
          entry("grpc.health.v1.Health/List", OBSERVER),
          entry("grpc.health.v1.Health/Watch", OBSERVER),
          entry("grpc.reflection.v1.ServerReflection/ServerReflectionInfo", OBSERVER),
          entry("grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", OBSERVER));

  private CallRoles() {}

  /// The role a call asks for; one that is not listed is for admins alone.
  public static Role needed(String fullMethodName) {
    return TABLE.getOrDefault(fullMethodName, ADMIN);
  }

  /// Whether somebody has thought about this call.
  public static boolean lists(String fullMethodName) {
    return TABLE.containsKey(fullMethodName);
  }
}

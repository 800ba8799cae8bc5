package dev.coffey.ctl.output;

import com.google.protobuf.Timestamp;
import dev.coffey.v1.Dependency;
import dev.coffey.v1.Probe;
import dev.coffey.v1.Result;
import dev.coffey.v1.Service;

/// A service as JSON; what is absent on the wire is absent here.
public final class ServiceJson {
  private ServiceJson() {}

  public static JsonObject of(Service service) {
    JsonObject json = new JsonObject().put("name", service.getName());
    putState(json, service);
    putProcess(json, service);
    json.put("depends_on", service.getDependsOnList(), ServiceJson::dependency);
    json.put("listen", service.getListenList());
    if (service.hasTier()) {
      json.put("tier", service.getTier());
    }
    json.put("labels", service.getLabelsMap());
    putIfAny(json, service);
    return json;
  }

  static JsonObject result(Result result) {
    JsonObject json = new JsonObject().put("kind", Words.of(result.getKind()));
    if (result.hasExitCode()) {
      json.put("exit_code", result.getExitCode());
    }
    if (result.hasSignal()) {
      json.put("signal", result.getSignal());
    }
    putTime(json, "at", result.hasAt(), result.getAt());
    if (result.hasSignalNumber()) {
      json.put("signal_number", result.getSignalNumber());
    }
    if (result.hasStage()) {
      json.put("stage", Words.of(result.getStage()));
    }
    if (result.hasMessage()) {
      json.put("message", result.getMessage());
    }
    if (result.hasRunId()) {
      json.put("run_id", result.getRunId());
    }
    return json;
  }

  static void putTime(JsonObject json, String key, boolean present, Timestamp time) {
    if (present) {
      json.put(key, Times.exact(time));
    }
  }

  private static void putState(JsonObject json, Service service) {
    json.put("state", Words.of(service.getState()));
    json.put("desired", Words.of(service.getDesired()));
    json.put("health", Words.of(service.getHealth()));
    if (service.hasReason()) {
      json.put("reason", service.getReason());
    }
    if (service.hasPid()) {
      json.put("pid", service.getPid());
    }
    if (service.hasRunId()) {
      json.put("run_id", service.getRunId());
    }
    json.put("restarts", service.getRestarts());
    if (service.hasAttempt()) {
      json.put("attempt", service.getAttempt());
    }
    putTime(json, "since", service.hasSince(), service.getSince());
    putTime(json, "ready_since", service.hasReadySince(), service.getReadySince());
    putTime(json, "next_try", service.hasNextTry(), service.getNextTry());
    json.put("paused", service.getPaused());
    putTime(json, "paused_until", service.hasPausedUntil(), service.getPausedUntil());
    json.put("adopted", service.getAdopted());
    json.put("restarting", service.getRestarting());
    if (service.hasResult()) {
      json.put("result", result(service.getResult()));
    }
  }

  private static void putProcess(JsonObject json, Service service) {
    if (service.hasUptimeMs()) {
      json.put("uptime_ms", service.getUptimeMs());
    }
    if (service.hasCpuPercent()) {
      json.putTenths("cpu_percent", service.getCpuPercent());
    }
    if (service.hasMemoryBytes()) {
      json.put("memory_bytes", service.getMemoryBytes());
    }
    if (service.hasTasks()) {
      json.put("tasks", service.getTasks());
    }
    if (service.hasDescriptors()) {
      json.put("descriptors", service.getDescriptors());
    }
  }

  private static void putIfAny(JsonObject json, Service service) {
    if (service.hasDescription()) {
      json.put("description", service.getDescription());
    }
    if (service.hasStatusText()) {
      json.put("status_text", service.getStatusText());
    }
    putTime(json, "next_run", service.hasNextRun(), service.getNextRun());
    if (service.getProbesCount() > 0) {
      json.put("probes", service.getProbesList(), ServiceJson::probe);
    }
    if (service.getNoticesCount() > 0) {
      json.put("notices", service.getNoticesList());
    }
    if (service.getLogTailCount() > 0) {
      json.put("log_tail", service.getLogTailList(), LogJson::of);
    }
  }

  private static JsonObject dependency(Dependency dependency) {
    JsonObject json =
        new JsonObject()
            .put("name", dependency.getName())
            .put("condition", Words.of(dependency.getCondition()))
            .put("met", dependency.getMet());
    return dependency.getOptional() ? json.put("optional", true) : json;
  }

  private static JsonObject probe(Probe probe) {
    JsonObject json =
        new JsonObject().put("role", Words.of(probe.getRole())).put("type", probe.getType());
    if (probe.hasPassed()) {
      json.put("passed", probe.getPassed());
    }
    putTime(json, "at", probe.hasAt(), probe.getAt());
    if (probe.hasLatencyMs()) {
      json.put("latency_ms", probe.getLatencyMs());
    }
    if (probe.hasOutput()) {
      json.put("output", probe.getOutput());
    }
    return json.put("failures", probe.getFailures())
        .put("failure_threshold", probe.getFailureThreshold());
  }
}

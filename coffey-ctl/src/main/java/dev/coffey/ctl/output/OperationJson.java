package dev.coffey.ctl.output;

import dev.coffey.v1.Caller;
import dev.coffey.v1.Operation;
import dev.coffey.v1.ServiceOutcome;

/// An operation as JSON.
public final class OperationJson {
  private OperationJson() {}

  public static JsonObject of(Operation operation) {
    JsonObject json =
        new JsonObject()
            .put("id", operation.getId())
            .put("verb", operation.getVerb())
            .put("state", Words.of(operation.getState()));
    if (operation.hasReason()) {
      json.put("reason", operation.getReason());
    }
    if (operation.hasCaller()) {
      json.put("caller", caller(operation.getCaller()));
    }
    ServiceJson.putTime(json, "accepted_at", operation.hasAcceptedAt(), operation.getAcceptedAt());
    ServiceJson.putTime(json, "finished_at", operation.hasFinishedAt(), operation.getFinishedAt());
    if (operation.hasTookMs()) {
      json.put("took_ms", operation.getTookMs());
    }
    if (operation.hasRevision()) {
      json.put("revision", operation.getRevision());
    }
    return json.put("services", operation.getServicesList(), OperationJson::outcome);
  }

  private static JsonObject outcome(ServiceOutcome outcome) {
    JsonObject json =
        new JsonObject()
            .put("service", outcome.getService())
            .put("outcome", Words.of(outcome.getOutcome()))
            .put("state", Words.of(outcome.getState()));
    if (outcome.hasReason()) {
      json.put("reason", outcome.getReason());
    }
    if (outcome.hasPid()) {
      json.put("pid", outcome.getPid());
    }
    if (outcome.hasRunId()) {
      json.put("run_id", outcome.getRunId());
    }
    if (outcome.hasResult()) {
      json.put("result", ServiceJson.result(outcome.getResult()));
    }
    if (outcome.hasTookMs()) {
      json.put("took_ms", outcome.getTookMs());
    }
    if (outcome.getLogTailCount() > 0) {
      json.put("log_tail", outcome.getLogTailList(), LogJson::of);
    }
    return outcome.getAdviceCount() > 0 ? json.put("advice", outcome.getAdviceList()) : json;
  }

  private static JsonObject caller(Caller caller) {
    JsonObject json = new JsonObject();
    if (caller.hasUid()) {
      json.put("uid", caller.getUid());
    }
    if (caller.hasGid()) {
      json.put("gid", caller.getGid());
    }
    if (caller.hasPid()) {
      json.put("pid", caller.getPid());
    }
    return json.put("name", caller.getName());
  }
}

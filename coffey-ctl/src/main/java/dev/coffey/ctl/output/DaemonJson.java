package dev.coffey.ctl.output;

import dev.coffey.v1.DaemonInfo;
import dev.coffey.v1.Finding;
import dev.coffey.v1.Problem;

/// The daemon, and what it says about configuration, as JSON.
public final class DaemonJson {
  private DaemonJson() {}

  public static JsonObject of(DaemonInfo daemon) {
    JsonObject json =
        new JsonObject()
            .put("version", daemon.getVersion())
            .put("pid", daemon.getPid())
            .put("phase", Words.of(daemon.getPhase()));
    ServiceJson.putTime(json, "since", daemon.hasSince(), daemon.getSince());
    if (daemon.hasConfigVersion()) {
      json.put("config_version", daemon.getConfigVersion());
    }
    json.put("ready", daemon.getReady()).put("uptime_ms", daemon.getUptimeMs());
    if (!daemon.getHostname().isEmpty()) {
      json.put("hostname", daemon.getHostname());
    }
    if (daemon.hasBootId()) {
      json.put("boot_id", daemon.getBootId());
    }
    if (daemon.hasRuntime()) {
      json.put("runtime", daemon.getRuntime());
    }
    if (daemon.hasSocket()) {
      json.put("socket", daemon.getSocket());
    }
    if (daemon.getConfigFilesCount() > 0) {
      json.put("config_files", daemon.getConfigFilesList());
    }
    ServiceJson.putTime(json, "confirm_until", daemon.hasConfirmUntil(), daemon.getConfirmUntil());
    return daemon.getNoticesCount() > 0 ? json.put("notices", daemon.getNoticesList()) : json;
  }

  public static JsonObject finding(Finding finding) {
    JsonObject json =
        new JsonObject()
            .put("topic", finding.getTopic())
            .put("level", Words.of(finding.getLevel()))
            .put("message", finding.getMessage());
    return finding.hasAdvice() ? json.put("advice", finding.getAdvice()) : json;
  }

  public static JsonObject problem(Problem problem) {
    JsonObject json = new JsonObject();
    if (problem.hasFile()) {
      json.put("file", problem.getFile());
    }
    if (problem.hasLine()) {
      json.put("line", problem.getLine());
    }
    if (problem.hasColumn()) {
      json.put("column", problem.getColumn());
    }
    if (problem.hasPath()) {
      json.put("path", problem.getPath());
    }
    json.put("message", problem.getMessage()).put("code", problem.getCode());
    return problem.hasSuggestion() ? json.put("suggestion", problem.getSuggestion()) : json;
  }
}

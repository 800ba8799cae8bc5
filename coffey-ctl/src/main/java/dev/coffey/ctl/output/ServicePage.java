package dev.coffey.ctl.output;

import dev.coffey.ctl.output.Palette.Tone;
import dev.coffey.v1.Dependency;
import dev.coffey.v1.Health;
import dev.coffey.v1.Probe;
import dev.coffey.v1.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Everything about one service, down to its last lines.
public final class ServicePage {
  private final Screen screen;
  private final Service service;
  private final Instant now;

  private ServicePage(Screen screen, Service service, Instant now) {
    this.screen = screen;
    this.service = service;
    this.now = now;
  }

  public static void print(Screen screen, Service service, Instant now) {
    new ServicePage(screen, service, now).print();
  }

  private void print() {
    String title = screen.palette().paint(Tone.STRONG, service.getName());
    screen.line(
        service.hasDescription() ? title + " – " + Escapes.plain(service.getDescription()) : title);
    field("state", state());
    field("why", ServiceText.why(service, now));
    field("wanted", Words.of(service.getDesired()));
    field("process", process());
    field("uses", usage());
    field("says", service.hasStatusText() ? Escapes.plain(service.getStatusText()) : "");
    field("restarts", restarts());
    field("last end", lastEnd());
    service.getDependsOnList().forEach(dependency -> field("needs", dependency(dependency)));
    service.getProbesList().forEach(probe -> field("probe", probe(probe)));
    field("next run", service.hasNextRun() ? Times.local(service.getNextRun()) : "");
    field("listens", String.join(", ", service.getListenList()));
    field("tier", service.getTier());
    field("labels", labels());
    service.getNoticesList().forEach(notice -> field("notice", Escapes.plain(notice)));
    LogText log = new LogText(screen, LogText.Form.TIMED);
    service.getLogTailList().forEach(line -> log.print(line, "  "));
  }

  private void field(String name, String value) {
    if (!value.isEmpty()) {
      String padded = "  %-9s".formatted(name);
      screen.line(screen.palette().paint(Tone.FAINT, padded) + " " + value);
    }
  }

  private String state() {
    String text =
        screen.palette().paint(Tones.of(service.getState()), Words.of(service.getState()));
    Health health = service.getHealth();
    if (service.hasPid() && health != Health.HEALTH_NONE) {
      text += ", " + screen.palette().paint(Tones.of(health), Words.of(health));
    }
    if (service.hasSince()) {
      Duration age = Duration.between(Times.instant(service.getSince()), now);
      text += ", since %s (%s)".formatted(Times.local(service.getSince()), Times.brief(age));
    }
    return text;
  }

  private String process() {
    if (!service.hasPid()) {
      return "";
    }
    String text = "pid %d, run %d".formatted(service.getPid(), service.getRunId());
    return service.hasUptimeMs()
        ? text + ", up " + Times.brief(Duration.ofMillis(service.getUptimeMs()))
        : text;
  }

  private String usage() {
    List<String> parts = new ArrayList<>();
    if (service.hasCpuPercent()) {
      parts.add(Math.round(service.getCpuPercent() * 10) / 10.0 + " % CPU");
    }
    if (service.hasMemoryBytes()) {
      parts.add(ServiceText.bytes(service.getMemoryBytes()));
    }
    if (service.hasTasks()) {
      parts.add(ServiceText.count(service.getTasks(), "task"));
    }
    if (service.hasDescriptors()) {
      parts.add(ServiceText.count(service.getDescriptors(), "descriptor"));
    }
    return String.join(", ", parts);
  }

  private String restarts() {
    if (service.getRestarts() == 0) {
      return "";
    }
    return service.hasAttempt()
        ? "%d, attempt %d".formatted(service.getRestarts(), service.getAttempt())
        : String.valueOf(service.getRestarts());
  }

  private String lastEnd() {
    if (!service.hasResult()) {
      return "";
    }
    String text = ServiceText.result(service.getResult());
    return service.getResult().hasAt()
        ? text + ", " + Times.local(service.getResult().getAt())
        : text;
  }

  private String dependency(Dependency dependency) {
    String met =
        dependency.getMet()
            ? screen.palette().paint(Tone.GOOD, "met")
            : screen.palette().paint(Tone.BUSY, "not met");
    return "%s %s: %s%s"
        .formatted(
            dependency.getName(),
            Words.of(dependency.getCondition()),
            met,
            dependency.getOptional() ? " (optional)" : "");
  }

  private static String probe(Probe probe) {
    String verdict = "not tried yet";
    if (probe.hasPassed()) {
      verdict =
          probe.getPassed()
              ? "passed"
              : "failed %d of %d".formatted(probe.getFailures(), probe.getFailureThreshold());
    }
    String text = "%s %s: %s".formatted(Words.of(probe.getRole()), probe.getType(), verdict);
    if (probe.hasLatencyMs()) {
      text += " in %d ms".formatted(probe.getLatencyMs());
    }
    return probe.hasOutput() && !probe.getPassed()
        ? text + ": " + Escapes.plain(probe.getOutput().strip())
        : text;
  }

  private String labels() {
    return service.getLabelsMap().entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .sorted()
        .collect(Collectors.joining(", "));
  }
}

package dev.coffey.ctl.output;

import dev.coffey.ctl.output.Palette.Tone;
import dev.coffey.ctl.output.Table.Cell;
import dev.coffey.ctl.output.Table.Column;
import dev.coffey.v1.DaemonInfo;
import dev.coffey.v1.Health;
import dev.coffey.v1.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// All services, a line each, under a line about the daemon.
public final class ServiceTable {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("NAME", false, 0),
          new Column("STATE", false, 0),
          new Column("HEALTH", false, 2),
          new Column("PID", true, 3),
          new Column("UP", true, 1),
          new Column("RESTARTS", true, 4),
          new Column("CPU", true, 6),
          new Column("MEMORY", true, 5),
          new Column("WHY", false, 0));

  private ServiceTable() {}

  public static void print(Screen screen, DaemonInfo daemon, List<Service> services, Instant now) {
    screen.line(ServiceText.daemon(daemon));
    daemon.getNoticesList().forEach(notice -> screen.line("! " + Escapes.plain(notice)));
    if (services.isEmpty()) {
      screen.line("no services");
      return;
    }
    Table table = new Table(COLUMNS);
    services.forEach(service -> table.add(row(service, now)));
    table.lines(screen.palette(), screen.columns()).forEach(screen::line);
  }

  private static List<Cell> row(Service service, Instant now) {
    return List.of(
        new Cell(service.getName(), Tone.STRONG),
        new Cell(Words.of(service.getState()), Tones.of(service.getState())),
        health(service),
        new Cell(service.hasPid() ? String.valueOf(service.getPid()) : ""),
        new Cell(
            service.hasUptimeMs() ? Times.brief(Duration.ofMillis(service.getUptimeMs())) : ""),
        new Cell(service.getRestarts() == 0 ? "" : String.valueOf(service.getRestarts())),
        new Cell(
            service.hasCpuPercent() ? Math.round(service.getCpuPercent() * 10) / 10.0 + " %" : ""),
        new Cell(service.hasMemoryBytes() ? ServiceText.bytes(service.getMemoryBytes()) : ""),
        new Cell(remark(service, now)));
  }

  /// Why it is where it is; where that needs no words, what could not be done as configured.
  private static String remark(Service service, Instant now) {
    String why = ServiceText.why(service, now);
    return why.isEmpty() && service.getNoticesCount() > 0
        ? "! " + Escapes.plain(service.getNotices(0))
        : why;
  }

  private static Cell health(Service service) {
    Health health = service.getHealth();
    boolean tells = health != Health.HEALTH_NONE && health != Health.HEALTH_UNSPECIFIED;
    return new Cell(tells && service.hasPid() ? Words.of(health) : "", Tones.of(health));
  }
}

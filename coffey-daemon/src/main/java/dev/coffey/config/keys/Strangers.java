package dev.coffey.config.keys;

import static java.util.Map.entry;

import dev.coffey.config.tree.NearestWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What is told of keys that there are not: where they belong, or what stands here for the key of
/// another program.
final class Strangers {
  private static final String OUTPUT = "Coffey keeps the output itself: see 'logs'";
  private static final String ORDER = "write 'depends_on', or 'after' for order alone";
  private static final String NO_CONTAINER =
      "services are programs of this machine, not containers";

  /// Keys of Compose, systemd and supervisord, without case and signs.
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          entry("service.execstart", "write 'command'"),
          entry("service.execstop", "write 'stop.command'"),
          entry("service.restartsec", "write 'backoff.initial'"),
          entry("service.workingdirectory", "write 'directory'"),
          entry("service.environment", "write 'env'"),
          entry("service.environmentfile", "write 'env_file'"),
          entry("service.timeoutstopsec", "write 'stop.timeout'"),
          entry("service.timeoutstartsec", "write 'start_timeout'"),
          entry("service.killsignal", "write 'stop.signal'"),
          entry("service.wants", "write 'depends_on' with 'optional: true'"),
          entry("service.requires", "write 'depends_on'"),
          entry("service.wantedby", "write 'enabled: true'"),
          entry("service.standardoutput", OUTPUT),
          entry("service.standarderror", OUTPUT),
          entry("service.autostart", "write 'enabled'"),
          entry("service.autorestart", "write 'restart'"),
          entry("service.startretries", "write 'backoff.max_attempts'"),
          entry("service.startsecs", "write 'backoff.reset_after'"),
          entry("service.exitcodes", "write 'success_codes'"),
          entry("service.stopsignal", "write 'stop.signal'"),
          entry("service.stopwaitsecs", "write 'stop.timeout'"),
          entry("service.stopgraceperiod", "write 'stop.timeout'"),
          entry("service.stdoutlogfile", OUTPUT),
          entry("service.stderrlogfile", OUTPUT),
          entry("service.logging", OUTPUT),
          entry("service.numprocs", "write 'instances'"),
          entry("service.scale", "write 'instances'"),
          entry("service.priority", ORDER),
          entry("service.links", ORDER),
          entry("service.entrypoint", "write 'command'"),
          entry("service.ulimits", "write 'limits'"),
          entry("service.image", NO_CONTAINER),
          entry("service.build", NO_CONTAINER),
          entry("service.containername", NO_CONTAINER),
          entry("service.ports", NO_CONTAINER + "; see 'sockets'"),
          entry("service.volumes", NO_CONTAINER),
          entry("service.networks", NO_CONTAINER),
          entry("healthcheck.test", "write 'readiness: {type: exec, command: …}'"),
          entry("healthcheck.retries", "write 'failure_threshold' below 'readiness' or 'liveness'"),
          entry("healthcheck.startperiod", "write 'initial_delay' below 'liveness'"),
          entry("check.retries", "write 'failure_threshold'"),
          entry("check.port", "write 'address', as 127.0.0.1:80"),
          entry("check.host", "write 'address', as 127.0.0.1:80"),
          entry("dependency.service", "write 'name'"),
          entry("file.version", "leave it out: there is one format"),
          entry("file.service", "write 'services'"));

  private static final int PLACES_MAX = 3;

  private Strangers() {}

  /// The way out for an unknown key of a table.
  static String help(String name, KeyTable table) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
    String elsewhere = ELSEWHERE.get(table.id() + "." + plain);
    if (elsewhere != null) {
      return elsewhere;
    }
    List<String> places = new ArrayList<>();
    for (String above : table.keys().keySet()) {
      KeyTable.Row row = table.find(above);
      if (row != null && row.inner() != null && row.inner().has(name)) {
        places.add("'" + above + "'");
      }
    }
    return places.isEmpty() || places.size() > PLACES_MAX
        ? NearestWord.help(name, table.keys().keySet())
        : "it belongs below " + String.join(" or ", places);
  }
}

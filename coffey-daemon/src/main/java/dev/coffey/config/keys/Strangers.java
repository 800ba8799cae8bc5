package dev.coffey.config.keys;

import static java.util.Map.entry;

import dev.coffey.config.tree.Invisible;
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
  private static final String MEMORY = "write 'cgroup.memory_max', as 512MiB";
  private static final String HOOK =
      "no hooks in this version: put it into the program, or into a oneshot to depend on";
  private static final String FOREGROUND = "leave it out: the program stays in the foreground";
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
          entry("service.execstartpre", HOOK),
          entry("service.execstartpost", HOOK),
          entry("service.execstoppost", HOOK),
          entry("service.execreload", "a changed configuration restarts what it must"),
          entry("service.pidfile", FOREGROUND),
          entry("service.startlimitburst", "write 'give_up.restarts'"),
          entry("service.startlimitinterval", "write 'give_up.within'"),
          entry("service.startlimitintervalsec", "write 'give_up.within'"),
          entry("service.watchdogsec", "write 'healthcheck.liveness'"),
          entry("service.runtimemaxsec", "write 'max_runtime'"),
          entry("service.limitnofile", "write 'limits: {nofile: …}'"),
          entry("service.limitnproc", "write 'limits: {nproc: …}'"),
          entry("service.limitcore", "write 'limits: {core: …}'"),
          entry("service.memorymax", MEMORY),
          entry("service.memorylimit", MEMORY),
          entry("service.cpuquota", "write 'cgroup.cpu_max', as 50%"),
          entry("service.tasksmax", "write 'cgroup.pids_max'"),
          entry("service.oomscoreadjust", "write 'oom_score_adj'"),
          entry("service.ioschedulingclass", "write 'ionice'"),
          entry("service.supplementarygroups", "write 'groups'"),
          entry("service.capabilityboundingset", "write 'capabilities'"),
          entry("service.ambientcapabilities", "write 'capabilities'"),
          entry("service.killmode", "all processes of a service are always ended"),
          entry("service.successexitstatus", "write 'success_codes'"),
          entry("service.restartpreventexitstatus", "write 'permanent_failure_codes'"),
          entry("service.partof", "write 'depends_on' with 'on: {restart: restart}'"),
          entry("service.upholds", "write 'restart: always' at the other one"),
          entry("service.onfailure", "write 'on_failure: shutdown', or nothing"),
          entry("service.passenvironment", "write 'env_pass'"),
          entry("service.syslogidentifier", OUTPUT),
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
          entry("service.killasgroup", "all processes of a service are always ended"),
          entry("service.stopasgroup", "the signal always goes to the whole group"),
          entry("service.redirectstderr", OUTPUT),
          entry("service.stdoutlogfilemaxbytes", "write 'logs.segment'"),
          entry("service.stdoutlogfilebackups", "write 'logs.keep'"),
          entry("service.processname", "write 'instances', which are called NAME@1, NAME@2 …"),
          entry("service.script", "write 'command', as \"node app.js\""),
          entry("service.interpreter", "write it first in 'command', as \"node app.js\""),
          entry("service.interpreterargs", "write them in 'command'"),
          entry("service.nodeargs", "write them in 'command'"),
          entry("service.execmode", "write 'instances'"),
          entry("service.maxmemoryrestart", MEMORY),
          entry("service.cronrestart", "write 'schedule'"),
          entry("service.outfile", OUTPUT),
          entry("service.errorfile", OUTPUT),
          entry("service.logfile", OUTPUT),
          entry("service.minuptime", "write 'backoff.reset_after'"),
          entry("service.maxrestarts", "write 'backoff.max_attempts'"),
          entry("service.restartdelay", "write 'backoff.initial', as 4s"),
          entry("service.killtimeout", "write 'stop.timeout', as 2s"),
          entry("service.waitready", "write 'healthcheck.readiness'"),
          entry("service.listentimeout", "write 'start_timeout', as 3s"),
          entry("service.stdoutlogfile", OUTPUT),
          entry("service.stderrlogfile", OUTPUT),
          entry("service.logging", OUTPUT),
          entry("service.numprocs", "write 'instances'"),
          entry("service.scale", "write 'instances'"),
          entry("service.priority", ORDER),
          entry("service.links", ORDER),
          entry("service.entrypoint", "write 'command'"),
          entry("service.ulimits", "write 'limits'"),
          entry("service.memlimit", MEMORY),
          entry("service.cpus", "write 'cgroup.cpu_max', as 50%"),
          entry("service.stdinopen", "write 'stdin: pipe'"),
          entry("service.expose", NO_CONTAINER),
          entry("service.extends", "share keys by an anchor below 'x-…', or by 'defaults'"),
          entry("service.hostname", NO_CONTAINER),
          entry("service.privileged", NO_CONTAINER),
          entry("service.init", NO_CONTAINER),
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
          entry("healthcheck.disable", "leave 'healthcheck' out"),
          entry("coffey.loglevel", "write 'log: {level: …}'"),
          entry("coffey.logfile", "write 'log: {path: …}'"),
          entry("coffey.logdir", "write 'logs: {dir: …}'"),
          entry("file.apps", "write 'services'"),
          entry("file.programs", "write 'services'"),
          entry("file.processes", "write 'services'"),
          entry("file.networks", NO_CONTAINER),
          entry("file.volumes", NO_CONTAINER),
          entry("file.configs", NO_CONTAINER),
          entry("file.version", "leave it out: there is one format"),
          entry("file.service", "write 'services'"));

  /// Words of others for the values of a key.
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          entry("type.simple", "write 'service'"),
          entry("type.exec", "write 'service'"),
          entry("type.idle", "write 'service'"),
          entry("type.forking", "write 'service', and let the program stay in the foreground"),
          entry("type.notify", "write 'service', and say by 'healthcheck' when it is ready"),
          entry("type.task", "write 'oneshot'"),
          entry("type.job", "write 'oneshot'"),
          entry("restart.true", "write 'always'"),
          entry("restart.yes", "write 'always'"),
          entry("restart.on", "write 'always'"),
          entry("restart.false", "write 'no'"),
          entry("restart.off", "write 'no'"),
          entry("restart.unexpected", "write 'on-failure'"),
          entry("restart.on-abnormal", "write 'on-failure'"),
          entry("restart.on-abort", "write 'on-failure'"));

  private static final String TRIES = "on-failure:";
  private static final int PLACES_MAX = 3;

  private Strangers() {}

  /// The way out for an unknown key of a table.
  static String help(String name, KeyTable table) {
    String invisible = Invisible.help(name);
    if (!invisible.isEmpty()) {
      return invisible;
    }
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
    if (!places.isEmpty() && places.size() <= PLACES_MAX) {
      return "it belongs below " + String.join(" or ", places);
    }
    String near = NearestWord.help(name, table.keys().keySet());
    return near.isEmpty() ? "'schema --page' lists all keys" : near;
  }

  /// The way out for a word that others know as a value of a key; empty where there is none.
  static String help(String key, String word) {
    boolean tries = key.equals("restart") && word.startsWith(TRIES);
    return tries
        ? "write 'on-failure', and 'backoff: {max_attempts: %s}'"
            .formatted(word.substring(TRIES.length()))
        : WORDS.getOrDefault(key + "." + word, "");
  }
}

package dev.coffey.logs;

import dev.coffey.lifecycle.RunId;
import dev.coffey.logs.segments.Disk;
import dev.coffey.logs.segments.LineSplitter;
import dev.coffey.logs.segments.LogCursor;
import dev.coffey.logs.segments.LogFilter;
import dev.coffey.logs.segments.LogRecord;
import dev.coffey.logs.segments.LogSearch;
import dev.coffey.logs.segments.LogStream;
import dev.coffey.logs.segments.Markers;
import dev.coffey.logs.segments.SegmentStore;
import dev.coffey.logs.segments.Waiting;
import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.LinuxException;
import dev.coffey.spec.LogSpec;
import dev.coffey.spec.ServiceName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The logs of all services. Safe for use by several threads; nothing here waits for a service, a
/// reader or, but for opening a log, the disk.
public final class Logs implements AutoCloseable {
  private static final long LEAVE_MILLIS_MAX = 5_000;

  private final Map<ServiceName, ServiceLog> logs = new ConcurrentHashMap<>();
  private final Map<RunId, OpenRun> runs = new ConcurrentHashMap<>();
  private final Waiting waiting = new Waiting();
  private final Disk disk;
  private final Path directory;
  private final InstantSource clock;
  private final Pipes pipes;
  private final Upkeep upkeep;
  private final Pump pump;
  private final Thread pumpThread;
  private final Thread followersThread;

  /// A run that was opened, and whose pipes may not be read yet.
  private record OpenRun(RunLog run, LogSpec spec, Pipes.Ends ends) {}

  private Logs(Libc libc, Disk disk, Path directory, InstantSource clock) throws LinuxException {
    this.disk = disk;
    this.directory = directory;
    this.clock = clock;
    this.pipes = new Pipes(libc);
    Followers followers = new Followers();
    this.upkeep = new Upkeep(new Dormant(disk, directory, logs::containsKey));
    this.pump = new Pump(libc, clock, followers, upkeep);
    this.pumpThread = Thread.ofPlatform().name("coffey-logs").daemon().unstarted(pump);
    this.followersThread =
        Thread.ofPlatform().name("coffey-log-readers").daemon().unstarted(followers);
  }

  /// Starts the threads.
  public static Logs open(Libc libc, Disk disk, Path directory, InstantSource clock)
      throws LinuxException {
    Logs logs = new Logs(libc, disk, directory, clock);
    logs.pumpThread.start();
    logs.followersThread.start();
    return logs;
  }

  /// Makes the pipes of a run that is about to be launched. Nothing is read before [#started].
  ///
  /// @throws IOException when another process writes that log, or there is no descriptor left
  public RunOutput openRun(ServiceName service, RunId run, LogSpec spec) throws IOException {
    configured(service, spec);
    ServiceLog log = log(service, spec);
    Pipes.Ends ends = pipes.make(spec.stdout(), spec.stderr());
    runs.put(run, new OpenRun(new RunLog(run, log), spec, ends));
    return ends.child();
  }

  /// Reads a terminal in place of pipes: there, both streams are one. The master is read until the
  /// end of the run and closed then; not, when this fails.
  public void openTerminal(ServiceName service, RunId run, LogSpec spec, int master)
      throws IOException {
    ServiceLog log = log(service, spec);
    Pipes.Ends ends = pipes.terminal(master);
    runs.put(run, new OpenRun(new RunLog(run, log), spec, ends));
  }

  /// The process of the run exists.
  public void started(RunId run, long pid) {
    OpenRun opened = runs.get(run);
    if (opened != null) {
      begin(opened, Markers.started(run.value(), pid));
    }
  }

  /// There is no process, and there will be none.
  public void abandoned(RunId run) {
    OpenRun opened = runs.remove(run);
    if (opened != null) {
      pipes.close(opened.ends());
    }
  }

  /// The process of the run is gone. What it left in its pipes is still read; what others who hold
  /// them write, only for a moment.
  public void ended(RunId run, String status) {
    OpenRun opened = runs.remove(run);
    if (opened != null) {
      pump.ended(opened.run(), status);
    }
  }

  /// Goes on with a process of an earlier daemon by opening its pipes anew.
  public void adopted(ServiceName service, RunId run, LogSpec spec, long pid) throws IOException {
    ServiceLog log = log(service, spec);
    Pipes.Ends ends = pipes.reopen(pid, spec.stdout(), spec.stderr());
    OpenRun opened = new OpenRun(new RunLog(run, log), spec, ends);
    runs.put(run, opened);
    boolean known = log.search().currentRun() == run.value();
    begin(opened, known ? "" : Markers.started(run.value(), pid));
  }

  private void begin(OpenRun opened, String marker) {
    List<OutputPipe> read = new ArrayList<>();
    add(read, opened, opened.ends().stdout(), LogStream.STDOUT);
    add(read, opened, opened.ends().stderr(), LogStream.STDERR);
    pump.begin(opened.run(), read, marker);
  }

  private void add(List<OutputPipe> read, OpenRun opened, int fd, LogStream stream) {
    if (fd != RunOutput.NULL) {
      LineSplitter splitter = new LineSplitter(stream, opened.spec().lineBytesMax());
      read.add(new OutputPipe(fd, opened.run(), splitter, pipes.isTerminal(fd)));
    }
  }

  /// Goes on with what an earlier program in this very process has handed over.
  public void resumed(HandedOver kept, LogSpec spec) throws IOException {
    ServiceLog log = log(kept.service(), spec);
    RunOutput none = new RunOutput(RunOutput.NULL, RunOutput.NULL);
    Pipes.Ends ends = new Pipes.Ends(kept.stdout(), kept.stderr(), none);
    OpenRun opened = new OpenRun(new RunLog(kept.run(), log), spec, ends);
    runs.put(kept.run(), opened);
    begin(opened, "");
  }

  /// Writes what can be read now and leaves the pipes open, for the program that goes on in our
  /// place or, if there is none after all, for [#resumed].
  public List<HandedOver> handOver() {
    Map<RunId, HandedOver> kept = new TreeMap<>();
    for (OutputPipe pipe : pump.letGoOfAll()) {
      RunLog run = pipe.run;
      HandedOver before =
          kept.getOrDefault(
              run.run,
              new HandedOver(run.log.store().service(), run.run, RunOutput.NULL, RunOutput.NULL));
      kept.put(run.run, pipe.addedTo(before));
    }
    return List.copyOf(kept.values());
  }

  /// What the configuration says from now on of a log that may be open.
  public void configured(ServiceName service, LogSpec spec) {
    ServiceLog known = logs.get(service);
    if (known != null) {
      pump.perform(() -> known.written.limit(ServiceLog.limits(spec), spec.pressure()));
    }
  }

  /// Closes the logs that belong to none of these services, and that nobody writes or follows: they
  /// are kept, and who asks for one finds it as after a restart of the daemon.
  public void retain(Set<ServiceName> services) {
    synchronized (logs) {
      List<ServiceLog> others = new ArrayList<>();
      logs.forEach((name, log) -> {
        if (!services.contains(name) && log.taps.isEmpty()) {
          others.add(log);
        }
      });
      for (ServiceLog log : pump.forget(others)) {
        logs.remove(log.store().service());
        log.store().close();
      }
    }
  }

  /// How many bytes all logs together may have.
  public void limitTotal(long bytesMax) {
    upkeep.limitTotal(bytesMax);
    pump.hurry();
  }

  /// Looks whether somebody has moved or deleted files, and begins new ones in their place.
  public void reopen() {
    pump.hurry();
  }

  /// The logs that cannot be written, or could not for a time.
  public List<LogTrouble> troubles() {
    List<LogTrouble> troubles = new ArrayList<>();
    for (ServiceLog log : logs.values()) {
      LogTrouble trouble = log.trouble();
      if (!trouble.isNone()) {
        troubles.add(trouble);
      }
    }
    return troubles;
  }

  /// What ails a service's log, a sentence; empty when nothing does.
  public Optional<String> notice(ServiceName service) {
    return Optional.ofNullable(logs.get(service))
        .map(ServiceLog::trouble)
        .filter(trouble -> !trouble.isNone())
        .map(LogTrouble::sentence);
  }

  private ServiceLog log(ServiceName service, LogSpec spec) throws IOException {
    synchronized (logs) {
      ServiceLog log = logs.get(service);
      if (log == null) {
        Path place = directory.resolve(service.value());
        SegmentStore store = new SegmentStore(disk, place, service, ServiceLog.limits(spec));
        log = new ServiceLog(store, spec, waiting);
        log.open(clock.millis() * 1_000, System.nanoTime());
        logs.put(service, log);
        pump.know(log);
      }
      return log;
    }
  }

  /// Finds places to read a service's log from; empty when it has none.
  public Optional<LogSearch> search(ServiceName service) throws IOException {
    ServiceLog log = logs.get(service);
    if (log == null) {
      boolean kept = disk.find(directory.resolve(service.value())).exists();
      log = kept ? log(service, LogSpec.DEFAULT) : null;
    }
    return log == null ? Optional.empty() : Optional.of(log.search());
  }

  /// Reads along with what a service writes from now on; `wake` is called whenever there is more,
  /// and must not wait.
  public Tap tap(ServiceName service, LogSpec spec, Runnable wake) throws IOException {
    synchronized (logs) {
      ServiceLog log = log(service, spec);
      Tap tap = new Tap(wake, log.taps::remove);
      log.taps.add(tap);
      return tap;
    }
  }

  /// The last lines of a service, oldest first; none where nothing can be read.
  public List<LogRecord.Line> tail(ServiceName service, int lines) {
    List<LogRecord.Line> tail = new ArrayList<>();
    try {
      Optional<LogSearch> search = search(service);
      if (search.isPresent()) {
        long end = search.get().nextSeq();
        LogCursor cursor = search.get().last(lines, LogFilter.ALL, end);
        while (!cursor.isOver() && !cursor.isWaiting()) {
          for (LogRecord record : cursor.next()) {
            if (record instanceof LogRecord.Line line) {
              tail.add(line);
            }
          }
        }
      }
    } catch (IOException _) {
      return tail;
    }
    return tail;
  }

  /// Writes what can be read now, and ends the threads. Processes keep their pipes, for a next
  /// daemon.
  @Override
  public void close() {
    pump.end();
    try {
      pumpThread.join(LEAVE_MILLIS_MAX);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    followersThread.interrupt();
    logs.values().forEach(log -> log.store().close());
  }
}

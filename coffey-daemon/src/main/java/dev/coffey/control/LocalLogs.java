package dev.coffey.control;

import com.google.rpc.Code;
import dev.coffey.logs.segments.Disk;
import dev.coffey.logs.segments.LogSearch;
import dev.coffey.spec.ServiceName;
import dev.coffey.v1.ErrorReason;
import dev.coffey.v1.TailLogsRequest;
import dev.coffey.v1.TailLogsResponse;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.BiPredicate;

/// Reads the files of logs as the control socket would, where no daemon runs. Nothing is changed in
/// them.
public final class LocalLogs {
  private final Disk disk;
  private final Path directory;
  private final BiPredicate<String, ServiceName> isInGroup;

  /// Where the files say nothing of groups, somebody has to.
  public LocalLogs(Disk disk, Path directory, BiPredicate<String, ServiceName> isInGroup) {
    this.disk = disk;
    this.directory = directory;
    this.isInGroup = isInGroup;
  }

  /// What was asked for, batch by batch.
  public Iterator<TailLogsResponse> read(TailLogsRequest asked) {
    LogRequest request = new LogRequest(asked);
    try {
      List<LogHistory.Part> parts = new ArrayList<>();
      for (ServiceName service : Selection.of(asked.getSelector()).among(logs(), isInGroup)) {
        LogSearch search = LogSearch.offline(disk, directory.resolve(service.value()), service);
        parts.add(LogHistory.Part.of(service, search, request));
      }
      return new Batches(LogHistory.of(parts, request));
    } catch (IOException e) {
      throw failed(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private List<ServiceName> logs() throws IOException {
    List<ServiceName> logs =
        disk.directories(directory).stream()
            .filter(ServiceName::valid)
            .map(ServiceName::new)
            .sorted()
            .toList();
    if (logs.isEmpty()) {
      throw failed("there are none in '%s'".formatted(directory));
    }
    return logs;
  }

  private static StatusRuntimeException failed(String why) {
    return Failure.of(
        Code.UNKNOWN,
        ErrorReason.ERROR_REASON_PART_UNAVAILABLE,
        "cannot read the logs: " + why,
        Map.of());
  }

  private static StatusRuntimeException interrupted() {
    Thread.currentThread().interrupt();
    return failed("interrupted");
  }

  /// The history as it is read.
  private static final class Batches implements Iterator<TailLogsResponse> {
    private final LogHistory history;
    private LogBatch next = new LogBatch();

    Batches(LogHistory history) {
      this.history = history;
    }

    @Override
    public boolean hasNext() {
      try {
        if (next.isEmpty()) {
          history.fill(next);
        }
        return !next.isEmpty();
      } catch (IOException e) {
        throw failed(String.valueOf(e.getMessage()));
      } catch (InterruptedException e) {
        throw interrupted();
      } catch (IllegalArgumentException e) {
        throw Failure.badField("grep", String.valueOf(e.getMessage()), "quick to search for");
      }
    }

    @Override
    public TailLogsResponse next() {
      if (!hasNext()) {
        throw new NoSuchElementException("all was read");
      }
      TailLogsResponse batch = next.message(false);
      next = new LogBatch();
      return batch;
    }
  }
}

package dev.coffey.control;

import com.google.protobuf.ByteString;
import dev.coffey.fleet.Fleet;
import dev.coffey.fleet.ServiceView;
import dev.coffey.lifecycle.Result;
import dev.coffey.lifecycle.Run;
import dev.coffey.lifecycle.RunId;
import dev.coffey.lifecycle.Service;
import dev.coffey.logs.Tap;
import dev.coffey.logs.segments.LogRecord;
import dev.coffey.logs.segments.LogStream;
import dev.coffey.spec.ServiceName;
import dev.coffey.supervisor.Subscription;
import dev.coffey.v1.AttachOutput;
import dev.coffey.v1.AttachResponse;
import dev.coffey.v1.AttachStart;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one attached caller gets: what the service writes, and when a run of it begins or ends.
final class AttachSource implements Source<AttachResponse> {
  private static final int HISTORY_LINES_MAX = 1000;
  private static final ByteString NEW_LINE = ByteString.copyFromUtf8("\r\n");

  private final House house;
  private final ServiceName name;
  private final Runnable wake;
  private final Tap tap;
  private final Subscription subscription;
  private final Deque<AttachResponse> first = new ArrayDeque<>();
  private @Nullable RunId attached;
  private volatile boolean over;

  AttachSource(House house, Service service, AttachStart start, Runnable wake) throws IOException {
    this.house = house;
    this.name = service.name();
    this.wake = wake;
    this.tap = house.logs().tap(name, service.spec().logs(), wake);
    this.subscription = house.supervisor().watch(wake);
    int lines = Math.clamp(start.getHistoryLines(), 0, HISTORY_LINES_MAX);
    first.add(message(service));
    for (LogRecord.Line line : house.logs().tail(name, lines)) {
      first.add(output(line.stream(), ByteString.copyFrom(line.text()).concat(NEW_LINE)));
    }
    attached = service.state().process().map(Run::id).orElse(null);
  }

  /// The caller sends no more, and so has left.
  void end() {
    over = true;
    wake.run();
  }

  @Override
  public Next<AttachResponse> next() {
    if (over) {
      return Next.end();
    }
    if (!first.isEmpty()) {
      return Next.of(first.remove());
    }
    Optional<Tap.Piece> piece = tap.take();
    if (piece.isPresent()) {
      return Next.of(output(piece.get().stream(), ByteString.copyFrom(piece.get().bytes())));
    }
    Fleet fleet = house.supervisor().snapshot().fleet();
    Optional<Service> service = fleet.service(name);
    return service.isEmpty() ? Next.end() : change(service.get());
  }

  private Next<AttachResponse> change(Service service) {
    @Nullable RunId now = service.state().process().map(Run::id).orElse(null);
    @Nullable RunId before = attached;
    if (before != null && !before.equals(now)) {
      attached = null;
      @Nullable Result result = service.last();
      if (result != null) {
        return Next.of(
            AttachResponse.newBuilder().setEnded(house.services().result(result)).build());
      }
    }
    if (now != null && attached == null) {
      attached = now;
      return Next.of(message(service));
    }
    return Next.nothing();
  }

  private AttachResponse message(Service service) {
    Fleet fleet = house.supervisor().snapshot().fleet();
    return AttachResponse.newBuilder()
        .setService(house.services().message(ServiceView.of(fleet, service), house.wall().now()))
        .build();
  }

  private static AttachResponse output(LogStream stream, ByteString bytes) {
    return AttachResponse.newBuilder()
        .setOutput(AttachOutput.newBuilder().setStream(LogMessages.stream(stream)).setData(bytes))
        .build();
  }

  @Override
  public void close() {
    tap.close();
    subscription.close();
  }
}

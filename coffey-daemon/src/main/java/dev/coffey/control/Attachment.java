package dev.coffey.control;

import dev.coffey.fleet.Fleet;
import dev.coffey.lifecycle.Run;
import dev.coffey.lifecycle.Service;
import dev.coffey.spec.ServiceName;
import dev.coffey.v1.AttachRequest;
import dev.coffey.v1.AttachStart;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// What one attached caller sends: which service first, then what is typed and the size of the
/// screen. Each piece goes to the run there is when it arrives.
final class Attachment implements StreamObserver<AttachRequest> {
  static final int SCREEN_MAX = 10_000;

  private static final Duration START_WITHIN = Duration.ofSeconds(10);
  private static final Duration READ_WITHIN = Duration.ofSeconds(5);
  private static final long PAUSE_MILLIS = 20;

  private final House house;
  private final Lane typing = Lane.serial();
  private final CompletableFuture<AttachStart> start = new CompletableFuture<>();
  private volatile @Nullable AttachSource source;

  Attachment(House house) {
    this.house = house;
  }

  /// Waits until the caller has said which service.
  AttachSource open(Runnable wake) throws IOException, InterruptedException {
    AttachStart wanted;
    try {
      wanted = start.get(START_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException none) {
      throw Failure.badField("start", "", "the first message");
    }
    Service service = Selection.one(house.supervisor().snapshot().fleet(), wanted.getService());
    if (!wanted.getReadOnly() && !InputCall.takesInput(service)) {
      throw InputCall.noInput(
          service,
          "has nothing to attach to: it has neither 'tty: true' nor 'stdin: pipe';"
              + " its output is in its logs");
    }
    AttachSource opened = new AttachSource(house, service, wanted, wake);
    if (wanted.hasSize()) {
      resize(service.name(), wanted.getSize().getRows(), wanted.getSize().getColumns());
    }
    source = opened;
    return opened;
  }

  @Override
  public void onNext(AttachRequest request) {
    if (request.hasStart()) {
      start.complete(request.getStart());
      return;
    }
    if (!start.isDone()) {
      start.completeExceptionally(new IllegalStateException("no start"));
      return;
    }
    AttachStart wanted = start.getNow(AttachStart.getDefaultInstance());
    if (wanted.getReadOnly() || !ServiceName.valid(wanted.getService())) {
      return;
    }
    ServiceName name = new ServiceName(wanted.getService());
    typing.run(() -> {
      switch (request.getMessageCase()) {
        case INPUT -> write(name, request.getInput().toByteArray(), false);
        case CLOSE_INPUT -> write(name, new byte[0], true);
        case RESIZE ->
            resize(name, request.getResize().getRows(), request.getResize().getColumns());
        case START, MESSAGE_NOT_SET -> {}
      }
    });
  }

  @Override
  public void onError(Throwable gone) {
    onCompleted();
  }

  @Override
  public void onCompleted() {
    start.completeExceptionally(new IllegalStateException("no start"));
    AttachSource opened = source;
    if (opened != null) {
      opened.end();
    }
  }

  /// As fast as the service reads, for a while.
  private void write(ServiceName name, byte[] bytes, boolean end) {
    long deadline = System.nanoTime() + READ_WITHIN.toNanos();
    byte[] left = bytes;
    do {
      Optional<Run> run = run(name);
      OptionalInt written =
          run.isEmpty() ? OptionalInt.empty() : house.ground().write(run.get().id(), left, end);
      if (written.isEmpty()) {
        return;
      }
      left = Arrays.copyOfRange(left, written.getAsInt(), left.length);
    } while (left.length > 0 && System.nanoTime() < deadline && paused());
  }

  private void resize(ServiceName name, int rows, int columns) {
    if (rows > 0 && columns > 0 && rows <= SCREEN_MAX && columns <= SCREEN_MAX) {
      run(name).ifPresent(run -> house.ground().resize(run.id(), rows, columns));
    }
  }

  private Optional<Run> run(ServiceName name) {
    Fleet fleet = house.supervisor().snapshot().fleet();
    return fleet.service(name).flatMap(service -> service.state().process());
  }

  private static boolean paused() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

package dev.coffey.ctl.client;

import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import java.util.Iterator;
import java.util.function.Function;
import java.util.function.Supplier;

/// The answers of a streaming call, one after the other; closing it ends the call.
public final class Answers<T> implements Iterator<T>, AutoCloseable {
  private final Context.CancellableContext context;
  private final Iterator<T> messages;
  private final Function<StatusRuntimeException, CallFailed> failures;

  private Answers(
      Context.CancellableContext context,
      Iterator<T> messages,
      Function<StatusRuntimeException, CallFailed> failures) {
    this.context = context;
    this.messages = messages;
    this.failures = failures;
  }

  static <T> Answers<T> of(
      Supplier<Iterator<T>> call, Function<StatusRuntimeException, CallFailed> failures) {
    Context.CancellableContext context = Context.current().withCancellation();
    Context previous = context.attach();
    try {
      return new Answers<>(context, call.get(), failures);
    } catch (StatusRuntimeException e) {
      throw failures.apply(e);
    } finally {
      context.detach(previous);
    }
  }

  @Override
  public boolean hasNext() {
    try {
      return messages.hasNext();
    } catch (StatusRuntimeException e) {
      throw failures.apply(e);
    }
  }

  @Override
  public T next() {
    try {
      return messages.next();
    } catch (StatusRuntimeException e) {
      throw failures.apply(e);
    }
  }

  @Override
  public void close() {
    context.cancel(null);
  }
}

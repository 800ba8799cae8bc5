package dev.coffey.control;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.ServerCall;

/// Tells when a call is over, however it ended.
final class LeavingListener<Q> extends SimpleForwardingServerCallListener<Q> {
  private final Runnable leave;

  LeavingListener(ServerCall.Listener<Q> served, Runnable leave) {
    super(served);
    this.leave = leave;
  }

  @Override
  public void onComplete() {
    leave.run();
    super.onComplete();
  }

  @Override
  public void onCancel() {
    leave.run();
    super.onCancel();
  }
}

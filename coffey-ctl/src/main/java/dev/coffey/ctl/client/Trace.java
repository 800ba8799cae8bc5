package dev.coffey.ctl.client;

import com.google.protobuf.MessageLite;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.function.Consumer;

/// Tells of each call when it has ended, and of each message on its way where that is wanted.
public record Trace(Consumer<String> teller, boolean messages) implements ClientInterceptor {
  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    long begin = System.nanoTime();
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void sendMessage(Q message) {
        tell(method, "sent", message, begin);
        super.sendMessage(message);
      }

      @Override
      public void start(Listener<A> listener, Metadata headers) {
        super.start(
            new SimpleForwardingClientCallListener<>(listener) {
              @Override
              public void onMessage(A message) {
                tell(method, "received", message, begin);
                super.onMessage(message);
              }

              @Override
              public void onClose(Status status, Metadata trailers) {
                teller.accept(
                    "%s: %s in %d ms"
                        .formatted(method.getFullMethodName(), status.getCode(), since(begin)));
                super.onClose(status, trailers);
              }
            },
            headers);
      }
    };
  }

  private void tell(MethodDescriptor<?, ?> method, String how, Object message, long begin) {
    if (messages && message instanceof MessageLite sized) {
      teller.accept(
          "%s: %s %d bytes after %d ms"
              .formatted(method.getFullMethodName(), how, sized.getSerializedSize(), since(begin)));
    }
  }

  private static long since(long begin) {
    return (System.nanoTime() - begin) / 1_000_000;
  }
}

package dev.coffey.control;

import com.google.rpc.Code;
import dev.coffey.access.Access;
import dev.coffey.access.CallRoles;
import dev.coffey.access.Peer;
import dev.coffey.access.Role;
import dev.coffey.v1.ErrorReason;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Knows every caller before its call is served, and refuses those it does not know: only a
/// connection over the Unix socket has a peer, so nothing else gets in, whatever else listens.
@Singleton
@GlobalInterceptor
final class PeerInterceptor implements ServerInterceptor {
  private final Access access;
  private final Peers peers;
  private final CallQuota quota = new CallQuota();

  @Inject
  PeerInterceptor(Access access) {
    this(access, Peers::ofCurrentConnection);
  }

  PeerInterceptor(Access access, Peers peers) {
    this.access = access;
    this.peers = peers;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Optional<Peer> peer = peers.current();
    if (peer.isEmpty()) {
      return refuse(call, unknownCaller());
    }
    Role role = access.roleOf(peer.get());
    String method = call.getMethodDescriptor().getFullMethodName();
    Role needed = CallRoles.needed(method);
    if (!role.covers(needed)) {
      return refuse(call, roleTooLow(peer.get(), role, needed, method));
    }
    int uid = peer.get().uid();
    if (!quota.enter(uid)) {
      return refuse(call, tooMany(uid));
    }
    return admit(call, headers, next, new Caller(peer.get(), role));
  }

  private <Q, A> ServerCall.Listener<Q> admit(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next, Caller caller) {
    Runnable leave = quota.leaveOnce(caller.peer().uid());
    Context context = Context.current().withValue(Caller.KEY, caller);
    try {
      return new LeavingListener<>(Contexts.interceptCall(context, call, headers, next), leave);
    } catch (RuntimeException e) {
      leave.run();
      throw e;
    }
  }

  private static <Q, A> ServerCall.Listener<Q> refuse(
      ServerCall<Q, A> call, StatusRuntimeException why) {
    @Nullable Metadata trailers = why.getTrailers();
    call.close(why.getStatus(), trailers == null ? new Metadata() : trailers);
    return new ServerCall.Listener<>() {};
  }

  private static StatusRuntimeException unknownCaller() {
    return Failure.of(
        Code.UNAUTHENTICATED,
        ErrorReason.ERROR_REASON_UNKNOWN_CALLER,
        "the caller is not known; use the control socket",
        Map.of());
  }

  private static StatusRuntimeException roleTooLow(
      Peer peer, Role role, Role needed, String method) {
    return Failure.of(
        Code.PERMISSION_DENIED,
        ErrorReason.ERROR_REASON_ROLE_TOO_LOW,
        "uid %d has the role %s; %s needs %s"
            .formatted(
                peer.uid(),
                role.word(),
                method.substring(method.lastIndexOf('/') + 1),
                needed.word()),
        Map.of(
            "uid",
            Integer.toUnsignedString(peer.uid()),
            "role",
            role.word(),
            "needed",
            needed.word()));
  }

  private static StatusRuntimeException tooMany(int uid) {
    return Failure.of(
        Code.RESOURCE_EXHAUSTED,
        ErrorReason.ERROR_REASON_TOO_MANY,
        "uid %d has %d calls under way; end some first".formatted(uid, CallQuota.CALLS_PER_UID_MAX),
        Map.of("limit", "calls", "max", Integer.toString(CallQuota.CALLS_PER_UID_MAX)));
  }
}

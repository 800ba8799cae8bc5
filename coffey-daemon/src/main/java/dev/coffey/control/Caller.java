package dev.coffey.control;

import dev.coffey.access.Peer;
import dev.coffey.access.Role;
import io.grpc.Context;

/// Who makes the call that is being served.
record Caller(Peer peer, Role role) {
  static final Context.Key<Caller> KEY = Context.key("coffey-caller");
}

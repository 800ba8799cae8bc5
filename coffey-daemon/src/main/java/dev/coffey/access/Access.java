package dev.coffey.access;

/// Gives each caller its role: root and the daemon's own user are admins, everyone else whom the
/// socket's mode lets in may observe.
public final class Access {
  private static final int ROOT_UID = 0;

  private final int ownUid;

  public Access(int ownUid) {
    this.ownUid = ownUid;
  }

  /// The role of a caller.
  public Role roleOf(Peer peer) {
    return peer.uid() == ROOT_UID || peer.uid() == ownUid ? Role.ADMIN : Role.OBSERVER;
  }
}

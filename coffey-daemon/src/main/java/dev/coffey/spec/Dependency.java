package dev.coffey.spec;

/// One edge: what must be true of another service before this one starts, and what becomes of this
/// one when that changes.
///
/// @param optional orders, but does not block when the other one has failed or is not wanted
public record Dependency(
    ServiceName on, Condition condition, boolean optional, Reactions reactions) {
  /// What the other one must have reached.
  public enum Condition {
    STARTED,
    HEALTHY,
    COMPLETED
  }

  /// What happens to the dependent.
  public enum Reaction {
    STOP,
    RESTART,
    IGNORE
  }

  /// The reaction to each way in which the other one may leave.
  public record Reactions(Reaction stop, Reaction crash, Reaction unhealthy, Reaction restart) {
    /// Only a stop by hand is followed.
    public static final Reactions DEFAULT =
        new Reactions(Reaction.STOP, Reaction.IGNORE, Reaction.IGNORE, Reaction.IGNORE);

    /// Nothing is followed.
    public static final Reactions NONE =
        new Reactions(Reaction.IGNORE, Reaction.IGNORE, Reaction.IGNORE, Reaction.IGNORE);

    /// `binds_to`: gone with the other one, whatever the reason.
    public static final Reactions BOUND =
        new Reactions(Reaction.STOP, Reaction.STOP, Reaction.IGNORE, Reaction.STOP);
  }
}

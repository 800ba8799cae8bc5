package dev.coffey.supervisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/// What goes wrong, or is asked, in a simulation, numbered as it comes, so that a run that fails
/// can be repeated without some of it.
final class Mischief {
  /// Numbers of different sources differ by this, so that they never meet.
  static final int SOURCES_MAX = 2;

  private final SplittableRandom random;
  private final Set<Integer> muted;
  private final List<Integer> done = new ArrayList<>();
  private int next;

  Mischief(SplittableRandom random, int source, Set<Integer> muted) {
    this.random = random;
    this.muted = muted;
    this.next = source;
  }

  /// Whether something that happens so many times in a thousand happens now.
  boolean strikes(int inThousand) {
    return random.nextInt(1000) < inThousand && allowed();
  }

  /// Whether what would happen now may.
  boolean allowed() {
    int number = next;
    next += SOURCES_MAX;
    if (muted.contains(number)) {
      return false;
    }
    done.add(number);
    return true;
  }

  /// The numbers of all that has happened.
  List<Integer> done() {
    return done;
  }
}

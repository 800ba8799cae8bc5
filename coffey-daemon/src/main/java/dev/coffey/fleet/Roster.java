package dev.coffey.fleet;

import dev.coffey.lifecycle.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// All services by position, as an immutable tree of width 32. Changing one copies the way to it
/// and nothing else, and each node knows the digest of what is below it: the earliest deadline, the
/// first in the queue and the counts are read off the root, never kept beside the states.
final class Roster {
  private static final int BITS = 5;
  private static final int WIDTH = 1 << BITS;

  private final Node root;
  private final int shift;
  private final int size;

  private Roster(Node root, int shift, int size) {
    this.root = root;
    this.shift = shift;
    this.size = size;
  }

  static Roster of(List<Service> services) {
    List<Object> level = new ArrayList<>(services);
    int shift = -BITS;
    do {
      List<Object> above = new ArrayList<>(level.size() / WIDTH + 1);
      for (int from = 0; from < Math.max(1, level.size()); from += WIDTH) {
        above.add(Node.of(level.subList(from, Math.min(level.size(), from + WIDTH)).toArray()));
      }
      level = above;
      shift += BITS;
    } while (level.size() > 1);
    return new Roster((Node) level.getFirst(), shift, services.size());
  }

  /// Keeps its children's digests, so that a change computes no more than its own.
  private static final class Node {
    final Object[] children;
    final Digest[] digests;
    final Digest digest;

    private Node(Object[] children, Digest[] digests, Digest digest) {
      this.children = children;
      this.digests = digests;
      this.digest = digest;
    }

    static Node of(Object[] children) {
      Digest[] digests = new Digest[children.length];
      Arrays.setAll(digests, slot -> digestOf(children[slot]));
      return new Node(children, digests, Digest.of(digests));
    }

    Node with(int slot, Object child) {
      Object[] others = children.clone();
      others[slot] = child;
      Digest was = digests[slot];
      Digest now = digestOf(child);
      if (now.equals(was)) {
        return new Node(others, digests, digest);
      }
      Digest[] theirs = digests.clone();
      theirs[slot] = now;
      return new Node(others, theirs, digest.replacing(was, now, theirs));
    }

    private static Digest digestOf(Object child) {
      return child instanceof Node node ? node.digest : Digest.of((Service) child);
    }
  }

  Digest digest() {
    return root.digest;
  }

  int size() {
    return size;
  }

  Service at(int index) {
    if (index < 0 || index >= size) {
      throw new NoSuchElementException("no service at " + index);
    }
    Object[] children = root.children;
    for (int level = shift; level > 0; level -= BITS) {
      children = ((Node) children[(index >>> level) & (WIDTH - 1)]).children;
    }
    return (Service) children[index & (WIDTH - 1)];
  }

  Roster with(int index, Service service) {
    return new Roster(replaced(root, shift, index, service), shift, size);
  }

  private static Node replaced(Node node, int level, int index, Service service) {
    int slot = (index >>> level) & (WIDTH - 1);
    return node.with(
        slot,
        level == 0 ? service : replaced((Node) node.children[slot], level - BITS, index, service));
  }

  /// Every position whose deadline is not after this moment.
  List<Integer> due(Instant now) {
    List<Integer> found = new ArrayList<>();
    due(root, shift, 0, now, found::add);
    return found;
  }

  private static void due(Node within, int level, int base, Instant now, Consumer<Integer> found) {
    for (int slot = 0; slot < within.children.length; slot++) {
      if (within.digests[slot].deadline().isAfter(now)) {
        continue;
      }
      int index = base + (slot << level);
      if (within.children[slot] instanceof Node node) {
        due(node, level - BITS, index, now, found);
      } else {
        found.accept(index);
      }
    }
  }

  /// Who has waited longest in the queue.
  OptionalInt firstQueued() {
    long ticket = root.digest.firstTicket();
    if (ticket == Digest.NO_TICKET) {
      return OptionalInt.empty();
    }
    Node within = root;
    int index = 0;
    for (int level = shift; ; level -= BITS) {
      int slot = 0;
      while (within.digests[slot].firstTicket() != ticket) {
        slot++;
      }
      index += slot << level;
      if (!(within.children[slot] instanceof Node node)) {
        return OptionalInt.of(index);
      }
      within = node;
    }
  }

  /// All services in the order of their positions.
  List<Service> all() {
    List<Service> services = new ArrayList<>(size);
    collect(root.children, services);
    return services;
  }

  private static void collect(Object[] children, List<Service> into) {
    for (Object child : children) {
      if (child instanceof Node node) {
        collect(node.children, into);
      } else {
        into.add((Service) child);
      }
    }
  }
}

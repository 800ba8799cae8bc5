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

  private final Object[] root;
  private final Digest digest;
  private final int shift;
  private final int size;

  private Roster(Object[] root, Digest digest, int shift, int size) {
    this.root = root;
    this.digest = digest;
    this.shift = shift;
    this.size = size;
  }

  static Roster of(List<Service> services) {
    List<Object> level = new ArrayList<>(services);
    int shift = -BITS;
    do {
      List<Object> above = new ArrayList<>(level.size() / WIDTH + 1);
      for (int from = 0; from < Math.max(1, level.size()); from += WIDTH) {
        Object[] children = level.subList(from, Math.min(level.size(), from + WIDTH)).toArray();
        above.add(new Node(children));
      }
      level = above;
      shift += BITS;
    } while (level.size() > 1);
    Node top = (Node) level.getFirst();
    return new Roster(top.children, top.digest, shift, services.size());
  }

  private static final class Node {
    final Object[] children;
    final Digest digest;

    Node(Object[] children) {
      this.children = children;
      this.digest = digestOf(children);
    }
  }

  private static Digest digestOf(Object[] children) {
    Digest sum = Digest.EMPTY;
    for (Object child : children) {
      sum = sum.plus(digestOf(child));
    }
    return sum;
  }

  private static Digest digestOf(Object child) {
    return child instanceof Node node ? node.digest : Digest.of((Service) child);
  }

  Digest digest() {
    return digest;
  }

  int size() {
    return size;
  }

  Service at(int index) {
    if (index < 0 || index >= size) {
      throw new NoSuchElementException("no service at " + index);
    }
    Object[] children = root;
    for (int level = shift; level > 0; level -= BITS) {
      children = ((Node) children[(index >>> level) & (WIDTH - 1)]).children;
    }
    return (Service) children[index & (WIDTH - 1)];
  }

  Roster with(int index, Service service) {
    Node top = replaced(root, shift, index, service);
    return new Roster(top.children, top.digest, shift, size);
  }

  private static Node replaced(Object[] children, int level, int index, Service service) {
    Object[] copy = Arrays.copyOf(children, children.length);
    int slot = (index >>> level) & (WIDTH - 1);
    copy[slot] =
        level == 0
            ? service
            : replaced(((Node) children[slot]).children, level - BITS, index, service);
    return new Node(copy);
  }

  /// Every position whose deadline is not after this moment.
  List<Integer> due(Instant now) {
    List<Integer> found = new ArrayList<>();
    due(root, shift, 0, now, found::add);
    return found;
  }

  private static void due(
      Object[] children, int level, int base, Instant now, Consumer<Integer> found) {
    for (int slot = 0; slot < children.length; slot++) {
      if (digestOf(children[slot]).deadline().isAfter(now)) {
        continue;
      }
      int index = base + (slot << level);
      if (children[slot] instanceof Node node) {
        due(node.children, level - BITS, index, now, found);
      } else {
        found.accept(index);
      }
    }
  }

  /// Who has waited longest in the queue.
  OptionalInt firstQueued() {
    long ticket = digest.firstTicket();
    if (ticket == Digest.NO_TICKET) {
      return OptionalInt.empty();
    }
    Object[] children = root;
    int index = 0;
    for (int level = shift; ; level -= BITS) {
      int slot = 0;
      while (digestOf(children[slot]).firstTicket() != ticket) {
        slot++;
      }
      index += slot << level;
      if (!(children[slot] instanceof Node node)) {
        return OptionalInt.of(index);
      }
      children = node.children;
    }
  }

  /// All services in the order of their positions.
  List<Service> all() {
    List<Service> services = new ArrayList<>(size);
    collect(root, services);
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

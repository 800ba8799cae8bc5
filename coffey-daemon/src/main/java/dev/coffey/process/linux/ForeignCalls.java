package dev.coffey.process.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Calls libc through java.lang.foreign: one handle for every function but one, the address comes
/// with the call. Nothing is bound before the first call.
final class ForeignCalls implements Calls {
  private static final int FOUND_MAX = 16;

  /// A power of two.
  private static final int OWNERS = 32;

  /// Another map for each function that is called for the first time.
  private volatile Map<Function, MemorySegment> addresses = new EnumMap<>(Function.class);

  private final ThreadLocal<State> states = ThreadLocal.withInitial(State::new);

  /// The states of threads that called last, since the client compiler makes each look into a
  /// thread local a call of the virtual machine's.
  private final @Nullable Owned[] owned = new @Nullable Owned[OWNERS];

  /// Where a thread's calls leave errno.
  private record Owned(long owner, State state) {}

  @Override
  public long call(Function function, long a, long b, long c, long d, long e, long f) {
    MemorySegment address = address(function);
    if (address.address() == 0) {
      return -Errno.ENOSYS;
    }
    State state = state();
    long returned;
    try {
      returned = (long) Bound.CALL.invokeExact(address, state.segment, a, b, c, d, e, f);
    } catch (RuntimeException | Error unexpected) {
      throw unexpected;
    } catch (Throwable impossible) {
      throw threw(function, impossible);
    }
    boolean asksErrno = (int) returned == -1;
    return function.uniform(returned, asksErrno ? state.view.getInt(Bound.ERRNO_AT) : 0);
  }

  /// Where a call leaves errno, for each thread its own.
  private static final class State {
    final MemorySegment segment = Arena.ofAuto().allocate(Bound.STATE);
    final ByteBuffer view = segment.asByteBuffer().order(ByteOrder.nativeOrder());
  }

  private static AssertionError threw(Function function, Throwable what) {
    return new AssertionError("a call of " + function.symbol() + " threw", what);
  }

  @Override
  public int find(byte wanted, long address, int lengthBytes, int[] offsets) {
    int count = 0;
    int found;
    do {
      found = findSome(wanted, address, lengthBytes, offsets, count);
      count += found;
    } while (found == FOUND_MAX);
    return count;
  }

  /// Goes on where the `known` first offsets end. Called for a few lines at a time, it is compiled
  /// after some kilobytes of a flood and not after megabytes.
  private static int findSome(
      byte wanted, long address, int lengthBytes, int[] offsets, int known) {
    int count = known;
    int countMax = known + FOUND_MAX;
    long from = known == 0 ? address : address + offsets[known - 1] + 1;
    long end = address + lengthBytes;
    try {
      while (count < countMax && from < end) {
        long hit = (long) Search.MEMCHR.invokeExact(from, wanted & 0xFFL, end - from);
        if (hit == 0) {
          break;
        }
        offsets[count++] = (int) (hit - address);
        from = hit + 1;
      }
    } catch (RuntimeException | Error unexpected) {
      throw unexpected;
    } catch (Throwable impossible) {
      throw threw(Function.MEMCHR, impossible);
    }
    return count - known;
  }

  @Override
  public boolean has(Function function) {
    return address(function).address() != 0;
  }

  private State state() {
    long caller = Thread.currentThread().threadId();
    int place = (int) caller & (OWNERS - 1);
    Owned last = owned[place];
    if (last == null || last.owner != caller) {
      last = new Owned(caller, states.get());
      owned[place] = last;
    }
    return last.state;
  }

  /// Null, as an address, where this libc does not have the function.
  private MemorySegment address(Function function) {
    MemorySegment known = addresses.get(function);
    return known == null ? found(function) : known;
  }

  private synchronized MemorySegment found(Function function) {
    MemorySegment found = find(function);
    Map<Function, MemorySegment> more = new EnumMap<>(addresses);
    more.put(function, found);
    addresses = more;
    return found;
  }

  private static MemorySegment find(Function function) {
    return Linker.nativeLinker().defaultLookup().find(function.symbol()).orElse(MemorySegment.NULL);
  }

  /// Made at the first call and not with the class around it: a native image must find no address
  /// in its heap, and the start of the daemon shall not pay for the binding.
  ///
  /// Restricted methods are what this class is for.
  @SuppressWarnings("restricted")
  private static final class Bound {
    static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    static final int ERRNO_AT =
        (int) STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));
    static final MethodHandle CALL =
        Linker.nativeLinker()
            .downcallHandle(
                FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG),
                Linker.Option.captureCallState("errno"));
  }

  /// A shape of its own, without errno and leave to wait: it is called for every line of a flood,
  /// and the common one costs five times as much.
  @SuppressWarnings("restricted")
  private static final class Search {
    static final MethodHandle MEMCHR =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow(Function.MEMCHR.symbol()),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG),
                Linker.Option.critical(false));
  }
}

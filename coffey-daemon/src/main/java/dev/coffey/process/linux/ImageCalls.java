package dev.coffey.process.linux;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.nativeimage.c.function.CFunctionPointer;
import org.graalvm.nativeimage.c.function.InvokeCFunctionPointer;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.nativeimage.c.type.CIntPointer;
import org.graalvm.nativeimage.c.type.CTypeConversion;
import org.graalvm.word.WordFactory;

/// Calls libc from within a native image, where a foreign handle is interpreted and a hundred times
/// slower. A JVM never loads this class.
///
/// A call that cannot block goes without leaving the state that the collector waits for, which is
/// cheaper; one that may block must leave it, and on its way back it may wait for the collector.
/// That is a mutex of libc, which answers without errno, so that errno is still the call's own.
final class ImageCalls implements Calls {
  private static final long EVERYWHERE = 0;

  private final Map<Function, Long> addresses = new ConcurrentHashMap<>();

  @Override
  public long call(Function function, long a, long b, long c, long d, long e, long f) {
    long address = addresses.computeIfAbsent(function, ImageCalls::find);
    if (address == 0) {
      return -Errno.ENOSYS;
    }
    SixLongs pointer = WordFactory.pointer(address);
    long returned =
        function.blocking()
            ? pointer.callThatMayBlock(a, b, c, d, e, f)
            : pointer.call(a, b, c, d, e, f);
    return function.uniform(returned, errnoLocation().read());
  }

  @Override
  public boolean has(Function function) {
    return addresses.computeIfAbsent(function, ImageCalls::find) != 0;
  }

  private static long find(Function function) {
    try (CTypeConversion.CCharPointerHolder name = CTypeConversion.toCString(function.symbol())) {
      return dlsym(EVERYWHERE, name.get()).rawValue();
    }
  }

  @CFunction(value = "dlsym", transition = Transition.NO_TRANSITION)
  private static native CFunctionPointer dlsym(long handle, CCharPointer name);

  @CFunction(value = "__errno_location", transition = Transition.NO_TRANSITION)
  private static native CIntPointer errnoLocation();

  /// The one shape of [Calls], by the address of a function.
  private interface SixLongs extends CFunctionPointer {
    @InvokeCFunctionPointer(transition = Transition.NO_TRANSITION)
    long call(long a, long b, long c, long d, long e, long f);

    @InvokeCFunctionPointer
    long callThatMayBlock(long a, long b, long c, long d, long e, long f);
  }
}

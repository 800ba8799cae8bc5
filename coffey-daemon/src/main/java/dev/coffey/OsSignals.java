package dev.coffey;

import dev.coffey.process.linux.Libc;
import dev.coffey.process.linux.SignalNames;
import dev.coffey.process.linux.Signals;
import java.lang.reflect.Proxy;
import java.util.Map;

/// The signals that mean something to the daemon.
///
/// `sun.misc.Signal` is the only way to handle one from Java, and javac 25 warns of each mention of
/// it in a way that no annotation silences; so it is called by name, and registered for native
/// images beside this class's resources.
final class OsSignals {
  /// By this signal a virtual machine stops its own threads, unless it was told of another.
  private static final String THREADS = "USR2";

  private static final String THREADS_ELSEWHERE = "_JAVA_SR_SIGNUM";

  private OsSignals() {}

  /// Has these done from now on, also where a signal was ignored by whoever started us (`nohup`):
  /// the virtual machine would silently leave it so.
  ///
  /// @param deeds by name, without `SIG`
  static void handle(Libc libc, Map<String, Runnable> deeds) {
    Signals signals = new Signals(libc);
    deeds.forEach((name, deed) -> {
      if (isFree(name)) {
        SignalNames.number(name).ifPresent(signals::restoreDefault);
        handle(name, deed);
      }
    });
  }

  private static boolean isFree(String name) {
    return !name.equals(THREADS)
        || System.getenv(THREADS_ELSEWHERE) != null
        || System.getProperty("org.graalvm.nativeimage.imagecode") != null;
  }

  private static void handle(String name, Runnable deed) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object handling =
          Proxy.newProxyInstance(
              OsSignals.class.getClassLoader(),
              new Class<?>[] {handler},
              (_, _, _) -> {
                deed.run();
                return null;
              });
      Object named = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, named, handling);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot handle the signal " + name, e);
    }
  }
}

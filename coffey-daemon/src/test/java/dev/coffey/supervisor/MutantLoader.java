package dev.coffey.supervisor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The house and its simulation a second time, with one mistake in it, or with none.
final class MutantLoader extends ClassLoader {
  private final @Nullable Mutant mutant;

  MutantLoader(@Nullable Mutant mutant) {
    super(MutantLoader.class.getClassLoader());
    this.mutant = mutant;
  }

  /// Whether a simulation of this seed finds something wrong in here.
  boolean fails(long seed, int events) throws ReflectiveOperationException {
    Class<?> lives = loadClass(Lives.class.getName());
    Constructor<?> constructor = lives.getDeclaredConstructor(long.class, int.class);
    constructor.setAccessible(true);
    Method failure = lives.getDeclaredMethod("firstFailure");
    failure.setAccessible(true);
    Object found = failure.invoke(constructor.newInstance(seed, events));
    return found instanceof Optional<?> optional && optional.isPresent();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("dev.coffey.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      @Nullable Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String file = name.replace('.', '/') + ".class";
    try (InputStream in = getParent().getResourceAsStream(file)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] original = in.readAllBytes();
      boolean changes = mutant != null && mutant.className().equals(name);
      byte[] bytes = changes && mutant != null ? mutant.in(original) : original;
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.coffey.process.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.graalvm.nativeimage.c.function.InvokeCFunctionPointer;
import org.junit.jupiter.api.Test;

/// What a native image is told agrees with the code, as far as a JVM can see.
class NativeMetadataTest {
  private static final String FOLDER = "/META-INF/native-image/dev.coffey/coffey-daemon/";
  private static final Pattern SHAPE =
      Pattern.compile(
          "\"returnType\": *\"(\\w+)\",\\s*\"parameterTypes\": *\\[([^\\]]*)\\],\\s*"
              + "\"options\": *\\{\\s*\"(\\w+)\"");

  @Test
  void eachHandleIsMadeAtRunTime() throws Exception {
    Properties properties = new Properties();
    try (InputStream in = open("native-image.properties")) {
      properties.load(in);
    }

    String args = properties.getProperty("Args");

    assertThat(handles()).isNotEmpty();
    for (Field handle : handles()) {
      assertThat(args).contains("--initialize-at-run-time=" + handle.getDeclaringClass().getName());
    }
  }

  /// The handle of many functions takes address and state before the arguments; that of one does
  /// not.
  @Test
  void eachShapeIsRegistered() throws Exception {
    List<String> registered = new ArrayList<>();
    try (InputStream in = open("reachability-metadata.json")) {
      SHAPE
          .matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .results()
          .map(shape -> "%s %d %s".formatted(shape.group(1), longs(shape.group(2)), shape.group(3)))
          .forEach(registered::add);
    }

    List<String> used = new ArrayList<>();
    for (Field handle : handles()) {
      handle.setAccessible(true);
      List<Class<?>> types = ((MethodHandle) handle.get(null)).type().parameterList();
      long longs = types.stream().filter(type -> type == long.class).count();
      used.add(
          "jlong %d %s".formatted(longs, longs < types.size() ? "captureCallState" : "critical"));
    }

    assertThat(registered).containsExactlyInAnyOrderElementsOf(used);
  }

  /// Method by method: what is left to the interface must need nothing but the other methods.
  @Test
  void bothWaysIntoLibcAnswerEveryCall() throws Exception {
    for (Method method : Calls.class.getDeclaredMethods()) {
      Method foreign = implemented(ForeignCalls.class, method);
      Method image = implemented(ImageCalls.class, method);

      assertThat(foreign.getDeclaringClass()).isEqualTo(ForeignCalls.class);
      assertThat(image.getReturnType()).isEqualTo(foreign.getReturnType());
      assertThat(image.getDeclaringClass() == ImageCalls.class || method.isDefault()).isTrue();
    }
    assertThat(implemented(ImageCalls.class, Calls.class.getDeclaredMethod("has", Function.class)))
        .extracting(Method::getDeclaringClass)
        .isEqualTo(ImageCalls.class);
  }

  /// One pointer for functions that may wait, one for those that cannot; both in the one shape.
  @Test
  void theImageCallsInTheOneShapeOfSixLongs() throws Exception {
    Method call =
        Arrays.stream(Calls.class.getDeclaredMethods())
            .filter(method -> method.getName().equals("call"))
            .findFirst()
            .orElseThrow();
    Class<?>[] six = Arrays.copyOfRange(call.getParameterTypes(), 1, call.getParameterCount());

    List<Method> pointers =
        Arrays.stream(Class.forName(ImageCalls.class.getName() + "$SixLongs").getDeclaredMethods())
            .toList();

    assertThat(pointers).hasSize(2);
    for (Method pointer : pointers) {
      assertThat(pointer.isAnnotationPresent(InvokeCFunctionPointer.class)).isTrue();
      assertThat(pointer.getParameterTypes()).isEqualTo(six);
      assertThat(pointer.getReturnType()).isEqualTo(call.getReturnType());
    }
  }

  /// Each function that is called by its name exists in this libc or is one that the room can do
  /// without.
  @Test
  void eachFunctionHasItsNameInLibc() {
    Calls calls = new ForeignCalls();

    for (Function function : Function.values()) {
      boolean optional = function == Function.POSIX_SPAWN_FILE_ACTIONS_ADDCLOSEFROM_NP;
      assertThat(calls.has(function) || optional).as(function.symbol()).isTrue();
    }
  }

  private static List<Field> handles() {
    List<Field> handles = new ArrayList<>();
    for (Class<?> holder : ForeignCalls.class.getDeclaredClasses()) {
      for (Field field : holder.getDeclaredFields()) {
        if (field.getType() == MethodHandle.class && Modifier.isStatic(field.getModifiers())) {
          handles.add(field);
        }
      }
    }
    return handles;
  }

  private static Method implemented(Class<?> by, Method method) throws NoSuchMethodException {
    return by.getMethod(method.getName(), method.getParameterTypes());
  }

  private static long longs(String types) {
    return Arrays.stream(types.split(",", -1))
        .map(String::strip)
        .filter("\"jlong\""::equals)
        .count();
  }

  private static InputStream open(String name) {
    InputStream in = NativeMetadataTest.class.getResourceAsStream(FOLDER + name);
    assertThat(in).as(name).isNotNull();
    return in;
  }
}

package dev.coffey.supervisor;

import static java.lang.constant.ConstantDescs.CD_boolean;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/// A mistake that one could make in the core: one method of one class, changed in its byte code.
///
/// @param room the package below `dev.coffey`, then the class
record Mutant(
    String title, String room, String method, BiPredicate<CodeBuilder, CodeModel> change) {
  private static final String HOUSE = "dev.coffey.";

  /// The method is nothing but this.
  static Mutant replaced(String title, String room, String method, Consumer<CodeBuilder> body) {
    return new Mutant(
        title,
        room,
        method,
        (builder, _) -> {
          body.accept(builder);
          return true;
        });
  }

  /// The method is as it was, but one call in it is this instead.
  static Mutant called(
      String title, String room, String method, String call, Consumer<CodeBuilder> instead) {
    return new Mutant(
        title,
        room,
        method,
        (builder, code) -> {
          boolean found = false;
          for (CodeElement element : code) {
            if (element instanceof InvokeInstruction invoke && invoke.name().equalsString(call)) {
              instead.accept(builder);
              found = true;
            } else {
              builder.with(element);
            }
          }
          return found;
        });
  }

  static void answer(CodeBuilder code, boolean value) {
    code.loadConstant(value ? 1 : 0).ireturn();
  }

  static void never(CodeBuilder code) {
    ClassDesc instant = ClassDesc.of("java.time.Instant");
    code.getstatic(instant, "MAX", instant).areturn();
  }

  static void notZero(CodeBuilder code, int slot) {
    ClassDesc duration = ClassDesc.of("java.time.Duration");
    code.aload(slot)
        .invokevirtual(duration, "isZero", MethodTypeDesc.of(CD_boolean))
        .iconst_1()
        .ixor()
        .ireturn();
  }

  String className() {
    return HOUSE + room;
  }

  /// The class with its mistake.
  byte[] in(byte[] original) {
    ClassModel model = ClassFile.of().parse(original);
    boolean[] changed = new boolean[1];
    byte[] mutated =
        ClassFile.of()
            .transformClass(
                model,
                (builder, element) -> {
                  if (element instanceof MethodModel found
                      && found.methodName().equalsString(method)) {
                    builder.transformMethod(
                        found,
                        (inside, part) -> {
                          if (part instanceof CodeModel code) {
                            inside.withCode(body -> changed[0] |= change.test(body, code));
                          } else {
                            inside.with(part);
                          }
                        });
                  } else {
                    builder.with(element);
                  }
                });
    if (!changed[0]) {
      throw new AssertionError(
          "nothing to change in %s.%s any more: the mutant has to follow the core"
              .formatted(className(), method));
    }
    return mutated;
  }

  @Override
  public String toString() {
    return title;
  }
}

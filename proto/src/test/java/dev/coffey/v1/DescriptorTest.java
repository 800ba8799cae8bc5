package dev.coffey.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The habits of the wire: names, comments, zero values and the rest of what a linter would look
/// at.
class DescriptorTest {
  private static final int COMMENT_WORDS_MIN = 2;

  @Test
  void everyElementHasACommentThatIsASentence() throws IOException {
    Stream<Wire.Element> elements = Wire.files().stream().flatMap(f -> Wire.elements(f).stream());

    List<String> bare =
        elements.filter(e -> !isSentence(e)).map(e -> e.kind() + " " + e.name()).toList();

    assertThat(bare).as("elements without a sentence before them").isEmpty();
  }

  @Test
  void everyFileIsInOurPackagesAndHasFilesOfItsOwnInJava() throws IOException {
    assertThat(Wire.files())
        .isNotEmpty()
        .allSatisfy(file -> {
          assertThat(file.getSyntax()).as(file.getName()).isEqualTo("proto3");
          assertThat(file.getPackage()).as(file.getName()).isEqualTo("coffey.v1");
          assertThat(file.getOptions().getJavaPackage()).isEqualTo("dev.coffey.v1");
          assertThat(file.getOptions().getJavaMultipleFiles()).isTrue();
          assertThat(file.getName()).startsWith("coffey/v1/");
        });
  }

  @Test
  void everyEnumStartsUnspecifiedAndPrefixesItsValues() throws IOException {
    for (EnumDescriptorProto type : enums()) {
      String prefix =
          type.getName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);

      assertThat(type.getValue(0).getName()).isEqualTo(prefix + "_UNSPECIFIED");
      assertThat(type.getValue(0).getNumber()).as(type.getName()).isZero();
      assertThat(type.getValueList())
          .allSatisfy(value -> assertThat(value.getName()).matches(prefix + "(_[A-Z0-9]+)+"));
    }
  }

  @Test
  void fieldsAreSnakeCaseWithTheirUnitsLast() throws IOException {
    for (FieldDescriptorProto field : fields()) {
      assertThat(field.getName()).matches("[a-z][a-z0-9]*(_[a-z0-9]+)*");
      assertThat(field.getTypeName()).as(field.getName()).isNotEqualTo(".google.protobuf.Duration");
      if (field.getName().endsWith("_ms")) {
        assertThat(field.getType())
            .as(field.getName())
            .isEqualTo(FieldDescriptorProto.Type.TYPE_INT64);
      }
    }
  }

  @Test
  void everyMethodHasARequestOfItsOwn() throws IOException {
    List<MethodDescriptorProto> methods =
        Wire.files().stream()
            .flatMap(file -> file.getServiceList().stream())
            .flatMap(service -> service.getMethodList().stream())
            .toList();

    assertThat(methods)
        .allSatisfy(method ->
            assertThat(method.getInputType())
                .isEqualTo(".coffey.v1." + method.getName() + "Request"));
  }

  private static boolean isSentence(Wire.Element element) {
    String comment = element.comment();
    return comment.split("\\s+").length >= COMMENT_WORDS_MIN
        && (comment.startsWith("`") || Character.isUpperCase(comment.codePointAt(0)))
        && comment.endsWith(".");
  }

  private static List<EnumDescriptorProto> enums() throws IOException {
    return Wire.files().stream()
        .flatMap(file ->
            Stream.concat(
                file.getEnumTypeList().stream(),
                file.getMessageTypeList().stream().flatMap(m -> m.getEnumTypeList().stream())))
        .toList();
  }

  private static List<FieldDescriptorProto> fields() throws IOException {
    return Wire.files().stream()
        .map(FileDescriptorProto::getMessageTypeList)
        .flatMap(List::stream)
        .flatMap(message -> message.getFieldList().stream())
        .toList();
  }
}

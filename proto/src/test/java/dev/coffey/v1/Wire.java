package dev.coffey.v1;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Our .proto files as the compiler saw them, taken apart into elements with their comments.
final class Wire {
  /// What an element is; the order is that of the baseline.
  enum Kind {
    FILE,
    MESSAGE,
    FIELD,
    ONEOF,
    ENUM,
    VALUE,
    SERVICE,
    METHOD
  }

  /// One thing that has a name on the wire or in the stubs. `shape` is what must never change.
  record Element(Kind kind, String name, String shape, String comment) {}

  private final FileDescriptorProto file;
  private final List<Element> elements = new ArrayList<>();

  private Wire(FileDescriptorProto file) {
    this.file = file;
  }

  /// Our own files, without those they import.
  static List<FileDescriptorProto> files() throws IOException {
    try (InputStream in = Wire.class.getResourceAsStream("/coffey/v1/coffey.protobin")) {
      return FileDescriptorSet.parseFrom(Objects.requireNonNull(in, "the descriptor set"))
          .getFileList()
          .stream()
          .filter(file -> file.getName().startsWith("coffey/"))
          .toList();
    }
  }

  static List<Element> elements(FileDescriptorProto file) {
    Wire wire = new Wire(file);
    wire.readFile();
    return wire.elements;
  }

  private void readFile() {
    add(Kind.FILE, file.getName(), "", List.of(12));
    for (int i = 0; i < file.getMessageTypeCount(); i++) {
      readMessage(file.getPackage(), file.getMessageType(i), List.of(4, i));
    }
    for (int i = 0; i < file.getEnumTypeCount(); i++) {
      readEnum(file.getPackage(), file.getEnumType(i), List.of(5, i));
    }
    for (int i = 0; i < file.getServiceCount(); i++) {
      readService(file.getService(i), List.of(6, i));
    }
  }

  private void readMessage(String scope, DescriptorProto message, List<Integer> path) {
    String name = scope + "." + message.getName();
    Stream<String> numbers =
        message.getReservedRangeList().stream().map(r -> range(r.getStart(), r.getEnd() - 1));
    add(Kind.MESSAGE, name, reserved(numbers, message.getReservedNameList()), path);
    for (int i = 0; i < message.getFieldCount(); i++) {
      FieldDescriptorProto field = message.getField(i);
      add(Kind.FIELD, name + "." + field.getName(), shape(message, field), join(path, 2, i));
    }
    for (int i = 0; i < message.getOneofDeclCount(); i++) {
      String oneof = message.getOneofDecl(i).getName();
      if (!oneof.startsWith("_")) {
        add(Kind.ONEOF, name + "." + oneof, "", join(path, 8, i));
      }
    }
    for (int i = 0; i < message.getNestedTypeCount(); i++) {
      if (!message.getNestedType(i).getOptions().getMapEntry()) {
        readMessage(name, message.getNestedType(i), join(path, 3, i));
      }
    }
    for (int i = 0; i < message.getEnumTypeCount(); i++) {
      readEnum(name, message.getEnumType(i), join(path, 4, i));
    }
  }

  private void readEnum(String scope, EnumDescriptorProto type, List<Integer> path) {
    String name = scope + "." + type.getName();
    Stream<String> numbers =
        type.getReservedRangeList().stream().map(r -> range(r.getStart(), r.getEnd()));
    add(Kind.ENUM, name, reserved(numbers, type.getReservedNameList()), path);
    for (int i = 0; i < type.getValueCount(); i++) {
      add(
          Kind.VALUE,
          name + "." + type.getValue(i).getName(),
          "= " + type.getValue(i).getNumber(),
          join(path, 2, i));
    }
  }

  private void readService(ServiceDescriptorProto service, List<Integer> path) {
    String name = file.getPackage() + "." + service.getName();
    add(Kind.SERVICE, name, "", path);
    for (int i = 0; i < service.getMethodCount(); i++) {
      var method = service.getMethod(i);
      String shape =
          "(%s%s) returns (%s%s)"
              .formatted(
                  method.getClientStreaming() ? "stream " : "",
                  method.getInputType().substring(1),
                  method.getServerStreaming() ? "stream " : "",
                  method.getOutputType().substring(1));
      add(Kind.METHOD, name + "." + method.getName(), shape, join(path, 2, i));
    }
  }

  private static String range(int first, int last) {
    return first + "-" + last;
  }

  private static String reserved(Stream<String> numbers, List<String> names) {
    return Stream.concat(numbers, names.stream()).collect(Collectors.joining(" "));
  }

  private static String shape(DescriptorProto message, FieldDescriptorProto field) {
    String type = type(message, field);
    boolean repeated = field.getLabel() == FieldDescriptorProto.Label.LABEL_REPEATED;
    if (field.getProto3Optional()) {
      type = "optional " + type;
    } else if (field.hasOneofIndex()) {
      type = "oneof %s %s".formatted(message.getOneofDecl(field.getOneofIndex()).getName(), type);
    } else if (repeated && !type.startsWith("map<")) {
      type = "repeated " + type;
    }
    return "= %d %s".formatted(field.getNumber(), type);
  }

  private static String type(DescriptorProto message, FieldDescriptorProto field) {
    if (field.getTypeName().isEmpty()) {
      return field.getType().name().substring("TYPE_".length()).toLowerCase(Locale.ROOT);
    }
    for (DescriptorProto nested : message.getNestedTypeList()) {
      if (nested.getOptions().getMapEntry()
          && field.getTypeName().endsWith("." + message.getName() + "." + nested.getName())) {
        return "map<%s, %s>"
            .formatted(type(nested, nested.getField(0)), type(nested, nested.getField(1)));
      }
    }
    return field.getTypeName().substring(1);
  }

  private void add(Kind kind, String name, String shape, List<Integer> path) {
    String comment =
        file.getSourceCodeInfo().getLocationList().stream()
            .filter(location -> location.getPathList().equals(path))
            .map(Location::getLeadingComments)
            .findFirst()
            .orElse("");
    elements.add(new Element(kind, name, shape, comment.strip()));
  }

  private static List<Integer> join(List<Integer> path, int kind, int index) {
    return Stream.concat(path.stream(), Stream.of(kind, index)).toList();
  }
}

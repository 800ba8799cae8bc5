package dev.coffey.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.coffey.config.keys.JsonSchema;
import dev.coffey.config.keys.Later;
import dev.coffey.config.keys.ReferencePage;
import dev.coffey.config.keys.ServiceKeys;
import dev.coffey.config.tree.Place;
import dev.coffey.config.tree.Problems;
import dev.coffey.config.tree.Source;
import dev.coffey.config.tree.Tree;
import dev.coffey.config.tree.YamlParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The schema against a validator that knows nothing of Coffey.
class SchemaTest {
  private static final Path GOLDEN = Path.of("src/test/resources/dev/coffey/config/golden");
  private static final Path EXAMPLES = Path.of("../deploy/src/examples");
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Schema FILE =
      REGISTRY.getSchema(JsonText.line(JsonSchema.ofFile(Later.KEYS)));
  private static final Schema DROP_IN =
      REGISTRY.getSchema(JsonText.line(JsonSchema.ofDropIn(Later.KEYS)));

  static List<Path> soundFiles() throws IOException {
    List<Path> sound = new ArrayList<>();
    for (Path root : List.of(GOLDEN, EXAMPLES)) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
          if (root.equals(EXAMPLES) || isSound(file)) {
            sound.add(file);
          }
        }
      }
    }
    return sound;
  }

  private static boolean isSound(Path file) throws IOException {
    Path folder = GOLDEN.resolve(GOLDEN.relativize(file).getName(0));
    String expected = Files.readString(folder.resolve("expected"));
    return expected.startsWith("coffey:") && !expected.contains("\ninvalid: ");
  }

  @ParameterizedTest
  @MethodSource("soundFiles")
  void whatTheReaderAcceptsTheSchemaAcceptsToo(Path file) throws IOException {
    Tree tree = parsed(Files.readAllBytes(file));
    boolean dropIn =
        file.toString().contains("services.d")
            && tree instanceof Tree.Mapping mapping
            && mapping.value("services") == null;

    assertThat((dropIn ? DROP_IN : FILE).validate(JsonText.line(json(tree)), InputFormat.JSON))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "servces: []",
        "services: {web: {binry: /b}}",
        "services: [{binary: /b}]",
        "services: {web: {binary: /b, restart: sometimes}}",
        "services: {web: {binary: /b, nice: 99}}",
        "services: {web: {binary: /b, enabled: yes}}",
        "services: {web: {binary: /b, stop: {timeout: soon}}}",
        "services: {web: {binary: /b, healthcheck: {readiness: {type: tcp, url: 'http://x'}}}}",
        "services: {web: {binary: /b, healthcheck: {liveness: {address: ':1'}}}}",
        "services: {web: {binary: /b, watch: {include: [x]}}}",
        "services: {web: {binary: /b, backend: {systemd: web.service}}}",
        "services: {'a/b': {binary: /b}}",
        "coffey: {socket: []}"
      })
  void whatTheReaderRefusesTheSchemaRefusesToo(String yaml) {
    assertThat(Reading.refused(yaml)).isNotEmpty();

    assertThat(
            FILE.validate(
                JsonText.line(json(parsed(yaml.getBytes(StandardCharsets.UTF_8)))),
                InputFormat.JSON))
        .isNotEmpty();
  }

  @Test
  void whatHoldsAnywayMayBeSaidOfAKeyThatComesLater() {
    String yaml = "coffey: {http: none}\nservices: {web: {binary: /b, backend: process}}";

    Object document = json(parsed(yaml.getBytes(StandardCharsets.UTF_8)));

    assertThat(FILE.validate(JsonText.line(document), InputFormat.JSON)).isEmpty();
  }

  static Stream<String> keysOfAService() {
    return ServiceKeys.SERVICE.keys().values().stream()
        .flatMap(key -> Stream.concat(Stream.of(key.name()), key.aliases().stream()));
  }

  @ParameterizedTest
  @MethodSource("keysOfAService")
  void readerAndSchemaAgreeOnWhatMayBeADefault(String key) {
    String yaml = "services: {web: {binary: /b}}\ndefaults: {%s: null}\n".formatted(key);

    boolean read = Reading.of(yaml) instanceof ConfigOutcome.Loaded;

    Object document = json(parsed(yaml.getBytes(StandardCharsets.UTF_8)));
    assertThat(FILE.validate(JsonText.line(document), InputFormat.JSON).isEmpty()).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "override", "interpolate", "profiles", "instances"})
  void whatIsOneServicesOwnCannotBeADefault(String key) {
    assertThat(Reading.refused("services: {web: {binary: /b}}\ndefaults: {%s: x}\n".formatted(key)))
        .singleElement()
        .asString()
        .contains("not-in-defaults");
  }

  @ParameterizedTest
  @ValueSource(strings = {"binary", "shutdown_timeout", "debounce", "max_attempts"})
  void referencePageHasTheKeysOfEveryTable(String key) {
    assertThat(ReferencePage.markdown(Later.KEYS)).containsOnlyOnce("| `%s` ".formatted(key));
  }

  @Test
  void referencePageSaysWhatThisVersionRefuses() {
    String page = ReferencePage.markdown(Set.of("service.tier"));

    assertThat(page.lines().filter(line -> line.contains("not supported in this version")))
        .singleElement()
        .asString()
        .startsWith("| `tier` ");
  }

  private static Tree parsed(byte[] bytes) {
    Tree empty = Tree.Mapping.empty(Place.whole(Source.named("empty")));
    return YamlParser.parse("file", bytes, new Problems()).orElse(empty);
  }

  /// As a YAML 1.2 reader would hand it to a validator.
  private static Object json(Tree tree) {
    return switch (tree) {
      case Tree.Mapping mapping -> {
        Map<String, Object> map = new LinkedHashMap<>();
        mapping.fields().forEach((key, field) -> map.put(key, json(field.value())));
        yield map;
      }
      case Tree.Sequence list -> list.items().stream().map(SchemaTest::json).toList();
      case Tree.Empty _ -> Optional.empty();
      case Tree.Scalar scalar -> scalar.quoted() ? scalar.text() : plain(scalar.text());
    };
  }

  private static Object plain(String text) {
    if (text.matches("true|True|TRUE|false|False|FALSE")) {
      return Boolean.valueOf(text);
    }
    if (text.matches("-?(0|[1-9][0-9]*)")) {
      return Long.valueOf(text);
    }
    return text.matches("-?[0-9]+\\.[0-9]+") ? (Object) Double.valueOf(text) : text;
  }
}

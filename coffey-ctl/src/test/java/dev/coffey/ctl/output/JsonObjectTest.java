package dev.coffey.ctl.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonObjectTest {
  @Test
  void everyKindOfValueIsWritten() {
    JsonObject json =
        new JsonObject()
            .put("text", "a")
            .put("number", Long.MIN_VALUE)
            .put("truth", true)
            .putTenths("tenths", 12.349)
            .put("object", new JsonObject().put("n", 1))
            .put("map", Map.of("b", "2", "a", "1"))
            .put("words", List.of("x", "y"))
            .put("objects", List.of(1, 2), n -> new JsonObject().put("n", n));

    assertThat(json)
        .hasToString(
            "{\"text\":\"a\",\"number\":-9223372036854775808,\"truth\":true,\"tenths\":12.3,"
                + "\"object\":{\"n\":1},\"map\":{\"a\":\"1\",\"b\":\"2\"},"
                + "\"words\":[\"x\",\"y\"],\"objects\":[{\"n\":1},{\"n\":2}]}");
  }

  @Test
  void textIsEscapedAndOtherwiseLeftAlone() {
    JsonObject json = new JsonObject().put("k", "\"\\\n\r\t\0\u001b\u2028é😀");

    assertThat(json).hasToString("{\"k\":\"\\\"\\\\\\n\\r\\t\\u0000\\u001b\\u2028é😀\"}");
  }

  @Test
  void nothingIsAnEmptyObject() {
    assertThat(new JsonObject()).hasToString("{}");
  }
}

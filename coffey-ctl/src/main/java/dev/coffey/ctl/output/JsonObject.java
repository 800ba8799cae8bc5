package dev.coffey.ctl.output;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A JSON object in the making. What is absent is left out; keys keep their order.
public final class JsonObject {
  private final StringBuilder text = new StringBuilder("{");

  public JsonObject put(String key, String value) {
    quote(key(key), value);
    return this;
  }

  public JsonObject put(String key, Optional<String> value) {
    return value.isPresent() ? put(key, value.get()) : this;
  }

  public JsonObject put(String key, long value) {
    key(key).append(value);
    return this;
  }

  public JsonObject put(String key, boolean value) {
    key(key).append(value);
    return this;
  }

  /// With one digit after the point, which is what a sample is good for.
  public JsonObject putTenths(String key, double value) {
    key(key).append(Math.round(value * 10) / 10.0);
    return this;
  }

  public JsonObject put(String key, JsonObject value) {
    key(key).append(value);
    return this;
  }

  public JsonObject put(String key, Map<String, String> values) {
    JsonObject object = new JsonObject();
    values.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> object.put(entry.getKey(), entry.getValue()));
    return put(key, object);
  }

  public JsonObject put(String key, Collection<String> values) {
    key(key).append('[');
    String separator = "";
    for (String value : values) {
      quote(text.append(separator), value);
      separator = ",";
    }
    text.append(']');
    return this;
  }

  public <T> JsonObject put(String key, Collection<T> values, Function<T, JsonObject> each) {
    key(key).append('[');
    String separator = "";
    for (T value : values) {
      text.append(separator).append(each.apply(value));
      separator = ",";
    }
    text.append(']');
    return this;
  }

  /// The object as one line.
  @Override
  public String toString() {
    return text + "}";
  }

  private StringBuilder key(String key) {
    if (text.length() > 1) {
      text.append(',');
    }
    return quote(text, key).append(':');
  }

  private static StringBuilder quote(StringBuilder text, String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < ' ' || c == 0x7f || c == '\u2028' || c == '\u2029') {
            text.append("\\u%04x".formatted((int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    return text.append('"');
  }
}

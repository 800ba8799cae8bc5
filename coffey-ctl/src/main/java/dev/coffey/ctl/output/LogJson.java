package dev.coffey.ctl.output;

import com.google.protobuf.ByteString;
import dev.coffey.v1.LogLine;
import dev.coffey.v1.LogMarker;
import java.util.Base64;
import java.util.Optional;

/// A line of a log, or a marker in it, as JSON.
public final class LogJson {
  private LogJson() {}

  public static JsonObject of(LogLine line) {
    JsonObject json =
        new JsonObject().put("service", line.getService()).put("run_id", line.getRunId());
    return line.getMarker() == LogMarker.LOG_MARKER_UNSPECIFIED
        ? text(json, line)
        : marker(json, line);
  }

  private static JsonObject text(JsonObject json, LogLine line) {
    json.put("stream", Words.of(line.getStream()));
    putPlace(json, line);
    ByteString bytes = line.getText();
    Optional<String> text = Escapes.utf8(bytes);
    if (text.isPresent()) {
      json.put("text", text.get());
    } else {
      json.put("bytes", Base64.getEncoder().encodeToString(bytes.toByteArray()));
    }
    return json.put("partial", line.getPartial());
  }

  private static JsonObject marker(JsonObject json, LogLine line) {
    putPlace(json, line);
    json.put("marker", Words.of(line.getMarker()));
    if (line.hasLostLines()) {
      json.put("lost_lines", line.getLostLines());
    }
    if (line.hasLostBytes()) {
      json.put("lost_bytes", line.getLostBytes());
    }
    return json;
  }

  private static void putPlace(JsonObject json, LogLine line) {
    ServiceJson.putTime(json, "time", line.hasTime(), line.getTime());
    json.put("seq", line.getSeq());
  }
}

package dev.coffey.ctl.output;

import dev.coffey.v1.AttachOutput;
import dev.coffey.v1.AttachResponse;
import java.util.Base64;

/// What an attached caller gets, as JSON.
public final class AttachJson {
  private AttachJson() {}

  public static JsonObject of(AttachResponse response) {
    return switch (response.getMessageCase()) {
      case SERVICE -> new JsonObject().put("service", ServiceJson.of(response.getService()));
      case OUTPUT -> output(response.getOutput());
      case ENDED -> new JsonObject().put("ended", ServiceJson.result(response.getEnded()));
      case MESSAGE_NOT_SET -> new JsonObject();
    };
  }

  private static JsonObject output(AttachOutput output) {
    return new JsonObject()
        .put("stream", Words.of(output.getStream()))
        .put("bytes", Base64.getEncoder().encodeToString(output.getData().toByteArray()));
  }
}

package dev.coffey.control;

import dev.coffey.events.Event;
import dev.coffey.events.News;
import dev.coffey.lifecycle.RunId;
import dev.coffey.spec.ServiceName;
import org.jspecify.annotations.Nullable;

/// Events as messages.
final class EventMessages {
  private EventMessages() {}

  static dev.coffey.v1.Event message(Event event) {
    News news = event.news();
    var message =
        dev.coffey.v1.Event.newBuilder()
            .setSeq(event.seq())
            .setTime(WallTime.timestamp(event.time()))
            .setTopic(news.topic())
            .putAllData(news.data());
    @Nullable ServiceName service = news.service();
    if (service != null) {
      message.setService(service.value());
    }
    @Nullable RunId run = news.run();
    if (run != null) {
      message.setRunId(run.value());
    }
    if (!news.from().isEmpty()) {
      message.setFrom(news.from());
    }
    if (!news.to().isEmpty()) {
      message.setTo(news.to());
    }
    if (!news.reason().isEmpty()) {
      message.setReason(news.reason());
    }
    if (!news.operation().isEmpty()) {
      message.setOperationId(news.operation());
    }
    if (news.revision() > 0) {
      message.setRevision(news.revision());
    }
    return message.build();
  }
}

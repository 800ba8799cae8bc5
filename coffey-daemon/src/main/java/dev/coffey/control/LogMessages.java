package dev.coffey.control;

import com.google.protobuf.ByteString;
import dev.coffey.logs.segments.LogRecord;
import dev.coffey.logs.segments.LogRecord.Ended;
import dev.coffey.logs.segments.LogRecord.Gap;
import dev.coffey.logs.segments.LogRecord.Line;
import dev.coffey.logs.segments.LogRecord.Rotated;
import dev.coffey.logs.segments.LogRecord.Started;
import dev.coffey.logs.segments.LogStream;
import dev.coffey.v1.LogLine;
import dev.coffey.v1.LogMarker;
import java.util.List;

/// Lines and markers as messages.
final class LogMessages {
  List<LogLine> lines(List<? extends LogRecord> records) {
    return records.stream().map(LogMessages::message).toList();
  }

  static LogLine message(LogRecord entry) {
    var message =
        LogLine.newBuilder()
            .setService(entry.service().value())
            .setRunId(entry.run())
            .setTime(WallTime.timestamp(entry.time()))
            .setSeq(entry.seq());
    switch (entry) {
      case Line line ->
          message
              .setStream(stream(line.stream()))
              .setText(ByteString.copyFrom(line.text()))
              .setPartial(line.partial());
      case Started _ -> message.setMarker(LogMarker.LOG_MARKER_RESTARTED);
      case Ended _ -> message.setMarker(LogMarker.LOG_MARKER_END);
      case Rotated _ -> message.setMarker(LogMarker.LOG_MARKER_ROTATED);
      case Gap gap -> {
        message.setMarker(LogMarker.LOG_MARKER_GAP);
        if (gap.lines() >= 0) {
          message.setLostLines(gap.lines());
        }
        if (gap.bytes() >= 0) {
          message.setLostBytes(gap.bytes());
        }
      }
    }
    return message.build();
  }

  static dev.coffey.v1.LogStream stream(LogStream stream) {
    return switch (stream) {
      case STDOUT -> dev.coffey.v1.LogStream.LOG_STREAM_STDOUT;
      case STDERR -> dev.coffey.v1.LogStream.LOG_STREAM_STDERR;
    };
  }
}

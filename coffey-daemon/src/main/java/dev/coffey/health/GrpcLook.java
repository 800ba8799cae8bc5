package dev.coffey.health;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Good when the standard gRPC health service says SERVING.
///
/// One call on one connection, with the frames written by hand: a whole client for it would weigh
/// more than the daemon's core. Answer headers need not be understood, since a refusal is told by
/// the message that does not come.
record GrpcLook(String address, String service) implements Look {
  static final int MESSAGE_BYTES_MAX = 1024;
  static final int FRAME_BYTES_MAX = 16_384;

  private static final String PATH = "/grpc.health.v1.Health/Check";
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;

  private static final int ACK = 1;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int PADDED = 8;

  private record Frame(int type, int flags, ByteBuffer payload) {
    boolean has(int flag) {
      return (flags & flag) != 0;
    }
  }

  @Override
  public Verdict take() throws IOException {
    Address target = Address.parse(address);
    try (Socket socket = target.connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(call(target));
      byte[] answer =
          answer(new DataInputStream(new BufferedInputStream(socket.getInputStream())), out);
      String status = status(answer);
      return status.equals("SERVING") ? Verdict.good(status) : Verdict.bad(status);
    }
  }

  private byte[] call(Address target) throws IOException {
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    headers.write(0x83); // :method POST
    headers.write(0x86); // :scheme http
    headers.write(0x04); // :path
    writeText(headers, PATH);
    headers.write(0x01); // :authority
    writeText(headers, target.toString());
    headers.write(new byte[] {0x0f, 0x10}); // content-type
    writeText(headers, "application/grpc");
    headers.write(0x00);
    writeText(headers, "te");
    writeText(headers, "trailers");
    byte[] name = service.getBytes(StandardCharsets.UTF_8);
    int messageBytes = name.length == 0 ? 0 : 2 + name.length;
    ByteBuffer message = ByteBuffer.allocate(5 + messageBytes).put((byte) 0).putInt(messageBytes);
    if (name.length > 0) {
      message.put((byte) 0x0a).put((byte) shortLength(name)).put(name);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(PREFACE);
    all.write(frame(SETTINGS, 0, 0, new byte[0]));
    all.write(frame(HEADERS, END_HEADERS, 1, headers.toByteArray()));
    all.write(frame(DATA, END_STREAM, 1, message.array()));
    return all.toByteArray();
  }

  private static void writeText(ByteArrayOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(shortLength(bytes));
    out.write(bytes);
  }

  private static int shortLength(byte[] bytes) throws IOException {
    if (bytes.length > 126) {
      throw new IOException("cannot probe: a name must be up to 126 bytes long");
    }
    return bytes.length;
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) (payload.length >> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  private byte[] answer(DataInputStream in, OutputStream out) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    while (true) {
      Frame frame = read(in);
      switch (frame.type()) {
        case SETTINGS -> {
          if (!frame.has(ACK)) {
            out.write(frame(SETTINGS, ACK, 0, new byte[0]));
          }
        }
        case PING -> {
          if (!frame.has(ACK)) {
            out.write(frame(PING, ACK, 0, frame.payload().array()));
          }
        }
        case DATA -> message.write(unpadded(frame));
        case RST_STREAM, GOAWAY -> throw new IOException("the call was refused by " + address);
        default -> {} // Windows and priorities do not matter to a call this short.
      }
      if (message.size() > MESSAGE_BYTES_MAX) {
        throw new IOException(
            "not a health answer: longer than %d bytes".formatted(MESSAGE_BYTES_MAX));
      }
      if ((frame.type() == DATA || frame.type() == HEADERS) && frame.has(END_STREAM)) {
        return message.toByteArray();
      }
    }
  }

  private static Frame read(DataInputStream in) throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    in.readInt();
    if (length > FRAME_BYTES_MAX) {
      throw new IOException("not HTTP/2: a frame of %d bytes".formatted(length));
    }
    return new Frame(type, flags, ByteBuffer.wrap(in.readNBytes(length)));
  }

  private static byte[] unpadded(Frame frame) throws IOException {
    byte[] payload = frame.payload().array();
    if (!frame.has(PADDED)) {
      return payload;
    }
    int bytes = payload.length == 0 ? -1 : payload.length - 1 - (payload[0] & 0xff);
    if (bytes < 0) {
      throw new IOException("not HTTP/2: more padding than frame");
    }
    return Arrays.copyOfRange(payload, 1, 1 + bytes);
  }

  // A health answer is one field: `status`, a varint of one byte.
  private String status(byte[] message) throws IOException {
    if (message.length < 5) {
      throw new IOException("no health answer for service '%s'".formatted(service));
    }
    int value = message.length >= 7 && message[5] == 0x08 ? message[6] : 0;
    return switch (value) {
      case 1 -> "SERVING";
      case 2 -> "NOT_SERVING";
      case 3 -> "SERVICE_UNKNOWN";
      default -> "UNKNOWN";
    };
  }
}

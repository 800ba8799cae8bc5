package dev.coffey.process.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffey.process.linux.Descriptors.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LinuxTest {
  private final Libc libc = Libc.open();
  private final Descriptors descriptors = new Descriptors(libc);

  @Test
  void bytesGoThroughAPipe() throws LinuxException {
    Pipe pipe = descriptors.pipe();
    try (NativeBuffer buffer = NativeBuffer.own(64)) {
      byte[] text = "one\ntwo\n".getBytes(StandardCharsets.UTF_8);
      buffer.copyIn(text, 0, 0, text.length);

      long written = descriptors.write(pipe.writeEnd(), buffer, 0, text.length);
      descriptors.close(pipe.writeEnd());
      long read = descriptors.read(pipe.readEnd(), buffer, 16, 48);

      assertThat(written).isEqualTo(8);
      assertThat(read).isEqualTo(8);
      assertThat(buffer.bytes(16, 8)).isEqualTo(text);
      assertThat(descriptors.read(pipe.readEnd(), buffer, 0, 64)).isZero();
    }
    descriptors.close(pipe.readEnd());
  }

  @Test
  void anEmptyNonBlockingPipeAnswersThatItWouldBlock() throws LinuxException {
    Pipe pipe = descriptors.pipe();
    descriptors.setNonBlocking(pipe.readEnd(), true);

    try (NativeBuffer buffer = NativeBuffer.own(8)) {
      assertThat(descriptors.read(pipe.readEnd(), buffer, 0, 8)).isEqualTo(-Errno.EAGAIN);
    }
    descriptors.close(pipe.readEnd());
    descriptors.close(pipe.writeEnd());
  }

  @Test
  void aMissingFileIsNamedInTheError() {
    assertThatThrownBy(() -> descriptors.open("/no/such/file", Descriptors.O_RDONLY, 0))
        .hasMessage("cannot open '/no/such/file': no such file or directory");
  }

  @Test
  void epollTellsWhichDescriptorIsReadyAndCanBeWoken() throws LinuxException {
    Pipe pipe = descriptors.pipe();
    try (Epoll epoll = new Epoll(libc, 8);
        NativeBuffer buffer = NativeBuffer.own(8)) {
      epoll.add(pipe.readEnd(), Epoll.IN, 4711);

      epoll.wake();
      assertThat(epoll.await(1000)).isZero();
      assertThat(epoll.await(0)).isZero();

      descriptors.write(pipe.writeEnd(), buffer, 0, 1);
      epoll.wake();
      assertThat(epoll.await(1000)).isEqualTo(1);
      assertThat(epoll.dataOf(0)).isEqualTo(4711);
      assertThat(epoll.eventsOf(0)).isEqualTo(Epoll.IN);
    }
    descriptors.close(pipe.readEnd());
    descriptors.close(pipe.writeEnd());
  }

  @Test
  void aByteIsFoundWhereverItStands() {
    try (NativeBuffer buffer = NativeBuffer.own(64)) {
      for (int at = 0; at < 64; at++) {
        buffer.putByte(at, (byte) 0x8A);
      }
      for (int at = 0; at < 64; at++) {
        buffer.putByte(at, (byte) '\n');
        assertThat(buffer.indexOf((byte) '\n', 0, 64)).isEqualTo(at);
        assertThat(buffer.indexOf((byte) '\n', at + 1L, 64)).isEqualTo(-1);
        buffer.putByte(at, (byte) 0x0B);
      }
    }
  }

  @Test
  void everyPlaceOfAByteIsFoundInOneGo() {
    try (NativeBuffer buffer = NativeBuffer.own(64)) {
      int[] offsets = new int[64];
      buffer.putByte(0, (byte) '\n');
      buffer.putByte(17, (byte) '\n');
      buffer.putByte(18, (byte) '\n');
      buffer.putByte(63, (byte) '\n');
      ByteSearch search = new ByteSearch(libc);

      assertThat(search.find((byte) '\n', buffer, 0, 64, offsets)).isEqualTo(4);
      assertThat(Arrays.copyOf(offsets, 4)).containsExactly(0, 17, 18, 63);
      assertThat(search.find((byte) '\n', buffer, 0, 18, offsets)).isEqualTo(2);
      assertThat(search.find((byte) '\n', buffer, 16, 48, offsets)).isEqualTo(3);
      assertThat(Arrays.copyOf(offsets, 3)).containsExactly(1, 2, 47);
      assertThat(search.find((byte) 0xFF, buffer, 0, 64, offsets)).isZero();
      assertThatThrownBy(() -> search.find((byte) '\n', buffer, 0, 65, offsets))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> search.find((byte) '\n', buffer, 1, 64, offsets))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void accessBeyondABufferIsRefused() throws LinuxException {
    Pipe pipe = descriptors.pipe();
    try (NativeBuffer buffer = NativeBuffer.own(8)) {
      assertThatThrownBy(() -> descriptors.write(pipe.writeEnd(), buffer, 4, 5))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> buffer.intAt(6)).isInstanceOf(IndexOutOfBoundsException.class);
    }
    descriptors.close(pipe.readEnd());
    descriptors.close(pipe.writeEnd());
  }

  @Test
  void limitsAreReadByName() throws LinuxException {
    Limits limits = new Limits(libc);

    assertThat(limits.read(0, "nofile").soft()).isGreaterThan(0);
    assertThatThrownBy(() -> limits.read(0, "files")).hasMessageContaining("unknown limit 'files'");
  }

  @Test
  void aFunctionThatThisLibcLacksAnswersSo() {
    Libc without = new Libc((_, _, _, _, _, _, _) -> -Errno.ENOSYS);

    assertThatThrownBy(() -> new Descriptors(without).pipe())
        .hasMessage("cannot make a pipe: function not implemented");
  }

  @Test
  void signalsAreKnownByNameAndNumber() {
    assertThat(SignalNames.number("SIGTERM")).isEqualTo(OptionalInt.of(15));
    assertThat(SignalNames.number("usr1")).isEqualTo(OptionalInt.of(10));
    assertThat(SignalNames.number("RTMIN+3")).isEqualTo(OptionalInt.of(37));
    assertThat(SignalNames.number("9")).isEqualTo(OptionalInt.of(9));
    assertThat(SignalNames.number("65")).isEmpty();
    assertThat(SignalNames.number("TREM")).isEmpty();
    assertThat(SignalNames.name(37)).isEqualTo("RTMIN+3");
  }

  /// T70: not by mistake either.
  @Test
  void noSignalEverGoesToOurselvesOrToAll() {
    Signals signals = new Signals(libc);

    assertThatThrownBy(() -> signals.sendGroup(1, SignalNames.CONT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> signals.send(0, SignalNames.CONT))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package dev.coffey.process.linux;

import static dev.coffey.process.linux.LinuxException.checked;

/// A pseudo terminal: whoever holds the master reads and types, a process gets the path.
///
/// @param master closed on exec
/// @param path opened by the process that it shall control
public record Terminal(int master, String path) {
  private static final long UNLOCK = 0x40045431L;
  private static final long NUMBER = 0x80045430L;
  private static final long SET_SIZE = 0x5414;
  private static final int O_NOCTTY = 0x100;

  /// A new one of the usual size.
  public static Terminal open(Libc libc) throws LinuxException {
    Descriptors descriptors = new Descriptors(libc);
    int master = descriptors.open("/dev/ptmx", Descriptors.O_RDWR | O_NOCTTY, 0);
    try (NativeBuffer number = NativeBuffer.own(Integer.BYTES)) {
      checked(control(libc, master, UNLOCK, number), "unlock a terminal");
      checked(control(libc, master, NUMBER, number), "number a terminal");
      Terminal terminal = new Terminal(master, "/dev/pts/" + number.intAt(0));
      terminal.resize(libc, 24, 80);
      return terminal;
    } catch (LinuxException failed) {
      descriptors.close(master);
      throw failed;
    }
  }

  /// Tells its size to the processes on it.
  public void resize(Libc libc, int rows, int columns) throws LinuxException {
    try (NativeBuffer size = NativeBuffer.own(8)) {
      size.putShort(0, (short) rows);
      size.putShort(2, (short) columns);
      checked(control(libc, master, SET_SIZE, size), "resize a terminal");
    }
  }

  private static long control(Libc libc, int fd, long request, NativeBuffer argument) {
    return libc.system(SystemCall.IOCTL, fd, request, argument.address(), 0, 0);
  }
}

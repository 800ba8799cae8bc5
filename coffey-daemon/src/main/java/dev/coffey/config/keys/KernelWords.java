package dev.coffey.config.keys;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The names that the kernel gave to signals, capabilities and limits.
final class KernelWords {
  private static final int REAL_TIME_SIGNALS_MAX = 30;

  /// Without `SIG`.
  static final List<String> SIGNALS =
      List.of(
          "TERM", "INT", "HUP", "QUIT", "KILL", "USR1", "USR2", "STOP", "CONT", "TSTP", "ALRM",
          "ABRT", "BUS", "CHLD", "FPE", "ILL", "IO", "PIPE", "PROF", "PWR", "SEGV", "STKFLT", "SYS",
          "TRAP", "TTIN", "TTOU", "URG", "VTALRM", "WINCH", "XCPU", "XFSZ");

  /// The signals of real time, `RTMIN` to `RTMIN+30`, and the names under which ends are told.
  static final Map<String, String> REAL_TIME_SIGNALS = realTimeSignals();

  /// Without `CAP_`.
  static final List<String> CAPABILITIES =
      List.of(
          "CHOWN",
          "DAC_OVERRIDE",
          "DAC_READ_SEARCH",
          "FOWNER",
          "FSETID",
          "KILL",
          "SETGID",
          "SETUID",
          "SETPCAP",
          "LINUX_IMMUTABLE",
          "NET_BIND_SERVICE",
          "NET_BROADCAST",
          "NET_ADMIN",
          "NET_RAW",
          "IPC_LOCK",
          "IPC_OWNER",
          "SYS_MODULE",
          "SYS_RAWIO",
          "SYS_CHROOT",
          "SYS_PTRACE",
          "SYS_PACCT",
          "SYS_ADMIN",
          "SYS_BOOT",
          "SYS_NICE",
          "SYS_RESOURCE",
          "SYS_TIME",
          "SYS_TTY_CONFIG",
          "MKNOD",
          "LEASE",
          "AUDIT_WRITE",
          "AUDIT_CONTROL",
          "SETFCAP",
          "MAC_OVERRIDE",
          "MAC_ADMIN",
          "SYSLOG",
          "WAKE_ALARM",
          "BLOCK_SUSPEND",
          "AUDIT_READ",
          "PERFMON",
          "BPF",
          "CHECKPOINT_RESTORE");

  /// Resource limits without `RLIMIT_`.
  static final List<String> LIMITS =
      List.of(
          "as",
          "core",
          "cpu",
          "data",
          "fsize",
          "locks",
          "memlock",
          "msgqueue",
          "nice",
          "nofile",
          "nproc",
          "rss",
          "rtprio",
          "rttime",
          "sigpending",
          "stack");

  private KernelWords() {}

  private static Map<String, String> realTimeSignals() {
    Map<String, String> names = new HashMap<>();
    for (String prefix : List.of("", "SIG")) {
      for (int above = 0; above <= REAL_TIME_SIGNALS_MAX; above++) {
        names.put(prefix + "RTMIN+" + above, "RTMIN+" + above);
      }
      names.put(prefix + "RTMIN", "RTMIN+0");
      names.put(prefix + "RTMAX", "RTMIN+" + REAL_TIME_SIGNALS_MAX);
    }
    return names;
  }
}

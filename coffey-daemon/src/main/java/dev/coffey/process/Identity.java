package dev.coffey.process;

import dev.coffey.process.linux.Accounts;
import dev.coffey.spec.Credentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;

/// As whom a process runs: what its environment tells, and what `setpriv` is told; nothing is told
/// when it is as the daemon itself.
record Identity(Account account, List<String> privileges) {
  private static final String STAGE = "user";

  Identity {
    privileges = List.copyOf(privileges);
  }

  static Identity of(Credentials wanted, Accounts accounts, Surroundings own)
      throws LaunchException {
    if (wanted.equals(Credentials.OWN)) {
      return new Identity(own.account(), List.of());
    }
    List<String> words = new ArrayList<>();
    Optional<Accounts.User> user = user(wanted.user(), accounts);
    if (!own.root() && (!wanted.user().isEmpty() || !wanted.group().isEmpty())) {
      refuseOthers(wanted, user, own);
    } else {
      user.ifPresent(found -> words.add("--reuid=" + Integer.toUnsignedString(found.uid())));
      group(wanted, user, accounts).ifPresent(words::add);
      words.addAll(groups(wanted, user, accounts));
    }
    words.addAll(restrictions(wanted, own));
    Account account =
        user.map(found -> new Account(found.name(), found.home(), found.shell()))
            .orElse(own.account());
    return new Identity(account, words);
  }

  private static Optional<Accounts.User> user(String name, Accounts accounts)
      throws LaunchException {
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Optional<Accounts.User> known = accounts.user(name);
    if (known.isPresent()) {
      return known;
    }
    if (!name.matches("[0-9]{1,9}")) {
      throw new LaunchException(STAGE, "cannot run as user '%s': no such user".formatted(name));
    }
    int uid = Integer.parseInt(name);
    return accounts
        .user(uid)
        .or(() -> Optional.of(new Accounts.User(name, uid, uid, "/", "/bin/sh")));
  }

  /// Only root can become somebody else; being told to be oneself is no harm.
  private static void refuseOthers(
      Credentials wanted, Optional<Accounts.User> user, Surroundings own) throws LaunchException {
    boolean same =
        user.map(found -> found.name().equals(own.account().user())).orElse(true)
            && wanted.group().isEmpty()
            && wanted.groups().isEmpty();
    if (!same) {
      throw new LaunchException(
          STAGE,
          "cannot run as user '%s', group '%s': the daemon runs as '%s' and only root may change that"
              .formatted(wanted.user(), wanted.group(), own.account().user()));
    }
  }

  private static Optional<String> group(
      Credentials wanted, Optional<Accounts.User> user, Accounts accounts) throws LaunchException {
    if (wanted.group().isEmpty()) {
      return user.map(found -> "--regid=" + Integer.toUnsignedString(found.gid()));
    }
    return Optional.of("--regid=" + gid(wanted.group(), accounts));
  }

  /// Never the daemon's own groups with another user.
  private static List<String> groups(
      Credentials wanted, Optional<Accounts.User> user, Accounts accounts) throws LaunchException {
    if (!wanted.groups().isEmpty()) {
      StringJoiner numbers = new StringJoiner(",", "--groups=", "");
      for (String group : wanted.groups()) {
        numbers.add(gid(group, accounts));
      }
      return List.of(numbers.toString());
    }
    if (user.isPresent()) {
      boolean listed = accounts.user(user.get().name()).isPresent();
      return List.of(listed ? "--init-groups" : "--clear-groups");
    }
    return wanted.group().isEmpty() ? List.of() : List.of("--clear-groups");
  }

  private static String gid(String group, Accounts accounts) throws LaunchException {
    OptionalInt known = accounts.group(group);
    if (known.isPresent()) {
      return Integer.toUnsignedString(known.getAsInt());
    }
    if (group.matches("[0-9]{1,9}")) {
      return group;
    }
    throw new LaunchException(STAGE, "cannot run as group '%s': no such group".formatted(group));
  }

  private static List<String> restrictions(Credentials wanted, Surroundings own) {
    List<String> words = new ArrayList<>();
    if (wanted.noNewPrivileges()) {
      words.add("--no-new-privs");
    }
    if (wanted.dropCapabilities()) {
      StringJoiner kept = new StringJoiner(",");
      kept.add("-all");
      wanted.capabilities().forEach(name -> kept.add("+" + canonical(name)));
      words.add("--inh-caps=" + kept);
      words.add("--ambient-caps=" + kept);
      if (own.root()) {
        words.add("--bounding-set=" + kept);
      }
    }
    return words;
  }

  /// As setpriv knows it: in lower case, without `CAP_`.
  private static String canonical(String capability) {
    String lower = capability.toLowerCase(Locale.ROOT);
    return lower.startsWith("cap_") ? lower.substring(4) : lower;
  }
}

package dev.coffey.ctl.command;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine;

/// The parser's completion script for bash and zsh, with the names of services put in, and without
/// taking `-v` for an option that waits for a value.
final class BashCompletion {
  private static final String FUNCTION = "# Generates completions for the options and";
  private static final String POSITIONALS = "    local positionals=\"\"";
  private static final String VERBOSE = "    '-v'|'--verbose')";

  /// Bash takes '@' for the end of a word: of `web@1` it replaces what is behind it only. Zsh,
  /// which reads the same, takes a letter behind a second ':' for a modifier, but not a '$'.
  private static final String SERVICES =
      """
      # Completes what may stand for a service; nothing where no daemon answers.
      function _PROGRAM_services() {
        local line="${COMP_LINE:0:$COMP_POINT}" program=PROGRAM prefix="" i
        local word="${line##*[[:space:]]}"
        local socket=()
        if [[ "${COMP_WORDS[0]}" == */* ]]; then
          program="${COMP_WORDS[0]/#\\~/$HOME}"
        fi
        if [[ "${COMP_WORDBREAKS}" == *@* && "${word}" == *@* ]]; then
          prefix="${word%@*}@"
        fi
        for (( i=1; i<COMP_CWORD; i++ )); do
          if [[ "${COMP_WORDS[i]}" == --socket && "${COMP_WORDS[i+1]}" == "=" ]]; then
            socket=(--socket "${COMP_WORDS[i+2]}")
          elif [[ "${COMP_WORDS[i]}" == --socket ]]; then
            socket=(--socket "${COMP_WORDS[i+1]}")
          fi
        done
        local names IFS=$'\\n'
        names="$("${program}" completion --names ${socket[@]+"${socket[@]}"} 2>/dev/null)"
        COMPREPLY=( $(compgen -W "${names}" -- "${word}") )
        COMPREPLY=( "${COMPREPLY[@]#"${prefix}"}" )
      }
      """;

  private BashCompletion() {}

  static String script(String program) {
    CommandLine all = CommandLines.buildAll(program);
    Set<String> naming = naming(all.getSubcommands());
    StringBuilder script = new StringBuilder();
    boolean services = false;
    boolean first = true;
    Iterator<String> lines = List.of(AutoComplete.bash(program, all).split("\n", -1)).iterator();
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.startsWith(FUNCTION)) {
        if (first) {
          script.append(SERVICES.replace("PROGRAM", program)).append('\n');
        }
        first = false;
        services = naming.stream().anyMatch(verb -> line.contains("`" + verb + "`"));
      }
      if (services && line.equals(POSITIONALS)) {
        skip(lines, 2);
        script.append("    _").append(program).append("_services\n");
      } else if (line.equals(VERBOSE)) {
        skip(lines, 2);
      } else {
        script.append(line).append('\n');
      }
    }
    return script.toString().stripTrailing();
  }

  private static void skip(Iterator<String> lines, int number) {
    for (int i = 0; i < number && lines.hasNext(); i++) {
      String _ = lines.next();
    }
  }

  private static Set<String> naming(Map<String, CommandLine> verbs) {
    return verbs.entrySet().stream()
        .filter(verb -> CompletionVerb.takesServices(verb.getValue().getCommandSpec()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }
}

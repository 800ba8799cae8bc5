package dev.coffey;

/// What `coffeyd --help` says.
final class Usage {
  static final String TEXT =
      """
      Usage: coffeyd [OPTION]...
             coffeyd VERB [ARGUMENT]...

      Starts the services of a configuration in the order of their dependencies and keeps them
      alive, in the foreground, until TERM or INT; a second signal cuts all grace, a third leaves
      at once.

        -c, --config FILE  a file, or a directory with a config.yaml; repeated, later ones win
                           (default: /etc/coffey as root, else the user's own, else ./coffey.yaml)
            --set PATH=VALUE  set a value, as services.api.env.PORT=1; wins over all files
            --disable PATTERN leave services out
            --profile NAME    have a profile on
        -h, --help         print this and exit
        -V, --version      print the version and exit

      With a verb it is the client, as coffeyctl is: coffeyd status, coffeyd logs web; and
      coffeyd validate, config, schema, init and explain need no daemon at all.
      See coffeyd help for the verbs.

      Exit codes: 0 ended as asked; 1 ended by a failure; 2 called wrongly; 6 another coffeyd has
      the state directory, the pid file or the socket; 8 the configuration has errors.

      Example: coffeyd --config /etc/coffey/config.yaml
      """;

  private Usage() {}
}

/* The least a supervisor can be, as a measure: it launches one service, then answers on a socket.
 *   baseline daemon SOCKET SERVICE WORD FILE   baseline client SOCKET   baseline stamp FILE
 */
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static struct sockaddr_un address(const char *path) {
  struct sockaddr_un place = {.sun_family = AF_UNIX};
  strncpy(place.sun_path, path, sizeof place.sun_path - 1);
  return place;
}

static int supervise(char *path, char **service) {
  pid_t pid;
  if (posix_spawn(&pid, service[0], NULL, NULL, service, environ)) return 1;
  struct sockaddr_un place = address(path);
  int listener = socket(AF_UNIX, SOCK_STREAM, 0);
  if (bind(listener, (struct sockaddr *)&place, sizeof place) || listen(listener, 16)) return 1;
  for (;;) {
    int peer = accept(listener, NULL, NULL);
    if (peer < 0 || write(peer, "one running\n", 12) != 12) return 1;
    close(peer);
  }
}

static int ask(char *path) {
  char answer[64];
  struct sockaddr_un place = address(path);
  int line = socket(AF_UNIX, SOCK_STREAM, 0);
  if (connect(line, (struct sockaddr *)&place, sizeof place)) return 1;
  ssize_t size = read(line, answer, sizeof answer);
  return size <= 0 || write(1, answer, size) != size;
}

/* The service: its first deed is to note the time. */
static int stamp(char *file) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  FILE *out = fopen(file, "w");
  if (!out) return 1;
  fprintf(out, "%lld\n", now.tv_sec * 1000000000LL + now.tv_nsec);
  fclose(out);
  for (;;) pause();
}

int main(int count, char **arguments) {
  if (count == 6 && !strcmp(arguments[1], "daemon")) return supervise(arguments[2], arguments + 3);
  if (count == 3 && !strcmp(arguments[1], "client")) return ask(arguments[2]);
  if (count == 3 && !strcmp(arguments[1], "stamp")) return stamp(arguments[2]);
  return 2;
}

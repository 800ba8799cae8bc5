/*
 * The measure for ProcessBench: the same work as the daemon's, as a bare loop.
 *
 *   bench spawn N   starts N sleepers with both outputs captured, then kills them all
 *   bench exits N M keeps N sleepers and takes M times how long an exit takes to be seen
 *   bench stamp     writes the time and ends: the child of the second
 *
 * Its children get the environment that it has itself, which shall be that of the daemon's.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CHILDREN_MAX 8192

static pid_t children[CHILDREN_MAX];

static long now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000L + t.tv_nsec;
}

static long cpu(void)
{
	struct rusage u;
	getrusage(RUSAGE_SELF, &u);
	return (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000000L + u.ru_utime.tv_usec + u.ru_stime.tv_usec;
}

static pid_t start(char **argv, int out[2], int err[2])
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t all, none;
	pid_t pid = -1;

	if (pipe2(out, O_CLOEXEC) < 0 || pipe2(err, O_CLOEXEC) < 0)
		exit(71);
	sigfillset(&all);
	sigemptyset(&none);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &all);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addchdir_np(&actions, "/");
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDWR, 0);
	posix_spawn_file_actions_adddup2(&actions, out[1], 1);
	posix_spawn_file_actions_adddup2(&actions, err[1], 2);
	posix_spawn_file_actions_addclosefrom_np(&actions, 3);
	if (posix_spawn(&pid, argv[0], &actions, &attr, argv, environ) != 0)
		exit(71);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attr);
	close(out[1]);
	close(err[1]);
	return pid;
}

static void sleepers(int count)
{
	char *argv[] = { "/bin/sleep", "1000", NULL };
	int out[2], err[2];

	for (int i = 0; i < count; i++)
		children[i] = start(argv, out, err);
}

static void end(int count)
{
	for (int i = 0; i < count; i++)
		kill(-children[i], SIGKILL);
	for (int i = 0; i < count; i++)
		while (waitpid(-1, NULL, 0) < 0)
			;
}

static int by_value(const void *a, const void *b)
{
	long x = *(const long *)a, y = *(const long *)b;
	return (x > y) - (x < y);
}

static void exits(char *self, int count)
{
	long *delays = calloc(count, sizeof *delays);
	char *argv[] = { self, "stamp", NULL };

	for (int i = 0; i < count; i++) {
		int out[2], err[2];
		long stamp = 0;
		pid_t pid = start(argv, out, err);
		while (waitpid(-1, NULL, 0) != pid)
			;
		long seen = now();
		if (read(out[0], &stamp, sizeof stamp) != sizeof stamp)
			exit(74);
		close(out[0]);
		close(err[0]);
		delays[i] = seen - stamp;
	}
	qsort(delays, count, sizeof *delays, by_value);
	printf("exit_p50_us %ld\nexit_p99_us %ld\n", delays[count / 2] / 1000, delays[count * 99 / 100] / 1000);
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "stamp") == 0) {
		long t = now();
		return write(1, &t, sizeof t) == sizeof t ? 0 : 1;
	}
	if (argc < 3 || atoi(argv[2]) > CHILDREN_MAX)
		return 64;
	int count = atoi(argv[2]);
	long began = now(), used = cpu();
	sleepers(count);
	printf("spawn_wall_us %ld\nspawn_cpu_us %ld\n", (now() - began) / 1000, cpu() - used);
	if (argc == 4)
		exits(argv[0], atoi(argv[3]));
	began = now();
	used = cpu();
	end(count);
	printf("kill_wall_us %ld\nkill_cpu_us %ld\n", (now() - began) / 1000, cpu() - used);
	return 0;
}

/* What a new process has got: prints it as `name value` lines, for a test to compare. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void descriptors(void)
{
	struct rlimit files;
	getrlimit(RLIMIT_NOFILE, &files);
	printf("fds");
	for (int fd = 0; fd < (int)files.rlim_cur && fd < 65536; fd++)
		if (fcntl(fd, F_GETFD) >= 0)
			printf(" %d", fd);
	printf("\nflags");
	for (int fd = 0; fd < 3; fd++)
		printf(" %d", (fcntl(fd, F_GETFL) & O_NONBLOCK) != 0);
	printf("\nnofile %lu %lu\n", (unsigned long)files.rlim_cur, (unsigned long)files.rlim_max);
}

static void signals(void)
{
	sigset_t mask;
	sigprocmask(SIG_SETMASK, NULL, &mask);
	printf("blocked");
	for (int s = 1; s < 65; s++)
		if (sigismember(&mask, s) == 1)
			printf(" %d", s);
	printf("\nignored");
	for (int s = 1; s < 65; s++) {
		struct sigaction now;
		if (sigaction(s, NULL, &now) == 0 && now.sa_handler != SIG_DFL)
			printf(" %d", s);
	}
	printf("\n");
}

/* Makes so many orphans, each dead at once and for whoever adopts it to bury. */
static int orphans(int count)
{
	for (int i = 0; i < count; i++) {
		pid_t child = fork();
		if (child == 0)
			_exit(fork() < 0);
		int status = 1;
		if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
			usleep(1000);
			i--;
		}
	}
	return 7;
}

int main(int argc, char **argv, char **env)
{
	mode_t mask = umask(0);
	char here[4096];

	if (argc == 3 && strcmp(argv[1], "orphans") == 0)
		return orphans(atoi(argv[2]));
	descriptors();
	signals();
	printf("umask %03o\n", mask);
	printf("pid %d\nsession %d\ngroup %d\n", getpid(), getsid(0), getpgrp());
	printf("directory %s\n", getcwd(here, sizeof here));
	printf("nice %d\n", getpriority(PRIO_PROCESS, 0));
	for (int i = 0; i < argc; i++)
		printf("arg%d %s\n", i, argv[i]);
	for (; *env; env++)
		printf("env %s\n", *env);
	return 0;
}

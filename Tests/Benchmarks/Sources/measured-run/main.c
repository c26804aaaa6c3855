// measured-run [-c CORE] [-i INPUT] [-p] [-n RUNS] [-o OUTPUT] COMMAND [ARGUMENT ...]
//
// Runs a command, by default with its output thrown away, and prints a line for each run: wall
// seconds, processor seconds, peak memory in KiB, exit code. A program of its own because Linux
// counts the memory of the process that starts another as that one's: this one is small.
//   -c  the core to run on
//   -i  a file to be the standard input; -p  through a pipe instead
//   -o  a file for the output

#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval time) { return time.tv_sec + time.tv_usec / 1e6; }

static void fail(const char *what) {
  perror(what);
  exit(2);
}

/// A process that writes the file into a pipe, as `cat` does.
static pid_t feed(const char *path, int *reading_end) {
  int ends[2];
  if (pipe(ends) != 0) fail("pipe");
  pid_t child = fork();
  if (child < 0) fail("fork");
  if (child == 0) {
    static char buffer[1 << 16];
    int file = open(path, O_RDONLY);
    if (file < 0) fail(path);
    close(ends[0]);
    for (ssize_t n; (n = read(file, buffer, sizeof buffer)) > 0;) {
      for (ssize_t done = 0; done < n;) {
        ssize_t written = write(ends[1], buffer + done, n - done);
        if (written < 0) _exit(1);
        done += written;
      }
    }
    _exit(0);
  }
  close(ends[1]);
  *reading_end = ends[0];
  return child;
}

static void run(char **command, const char *input, int piped, const char *output, int core) {
  struct timespec start, end;
  int in = open("/dev/null", O_RDONLY);
  pid_t feeder = 0;
  if (input && piped) feeder = feed(input, &in);
  else if (input && (in = open(input, O_RDONLY)) < 0) fail(input);
  int out = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (out < 0) fail(output);

  clock_gettime(CLOCK_MONOTONIC, &start);
  pid_t child = fork();
  if (child < 0) fail("fork");
  if (child == 0) {
    if (core >= 0) {
      cpu_set_t one;
      CPU_ZERO(&one);
      CPU_SET(core, &one);
      sched_setaffinity(0, sizeof one, &one);
    }
    dup2(in, 0);
    dup2(out, 1);
    execvp(command[0], command);
    _exit(127);
  }
  close(in);
  close(out);
  int status;
  struct rusage usage;
  if (wait4(child, &status, 0, &usage) != child) fail("wait4");
  clock_gettime(CLOCK_MONOTONIC, &end);
  if (feeder) waitpid(feeder, NULL, 0);
  printf(
    "%.6f %.6f %ld %d\n", (end.tv_sec - start.tv_sec) + (end.tv_nsec - start.tv_nsec) / 1e9,
    seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss,
    WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

int main(int count, char **arguments) {
  int core = -1, runs = 1, piped = 0, option;
  const char *input = NULL, *output = "/dev/null";
  while ((option = getopt(count, arguments, "+c:i:n:o:p")) != -1) {
    switch (option) {
    case 'c': core = atoi(optarg); break;
    case 'i': input = optarg; break;
    case 'n': runs = atoi(optarg); break;
    case 'o': output = optarg; break;
    case 'p': piped = 1; break;
    default: return 2;
    }
  }
  if (optind >= count) return 2;
  for (int i = 0; i < runs; i++) run(arguments + optind, input, piped, output, core);
  return 0;
}
